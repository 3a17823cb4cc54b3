// What the app says of itself when something is wrong, and what to do about it. A test holds this list against the
// code: every event that is logged as an error stands here, and every event that stands here is logged.

@export()
@description('A line of the log that somebody has to hear of.')
type eventAlert = {
  @description('The alert\'s name.')
  name: string

  @description('The log event\'s name: in the code, the name of its method.')
  event: string

  @description('What the line says too; empty for nothing.')
  says: string

  @description('1 wakes somebody, 2 is for today, 3 is for this week.')
  severity: 1 | 2 | 3

  @description('It is an alert from more than this many in 15 minutes on.')
  above: int

  @description('What it means.')
  means: string

  @description('What to do.')
  runbook: string
}

@export()
@description('Of charges, and of agreements that nobody charges.')
var moneyAlerts eventAlert[] = [
  {
    name: 'charging-stopped'
    event: 'ChargingStopped'
    says: ''
    severity: 1
    above: 0
    means: 'All charging was stopped, by an operator or by itself.'
    runbook: 'GET /api/operations/charging says who and why. By itself: check PPRO\'s key; it starts again by itself.'
  }
  {
    name: 'charging-refused'
    event: 'ChargingRefused'
    says: ''
    severity: 1
    above: 0
    means: 'Charges are due and nothing is charged: stopped, at a cap, or by the wrong clock.'
    runbook: 'The line says why. What is due stays due; nothing is lost while you look.'
  }
  {
    name: 'cap-reached'
    event: 'ChargingRefused'
    says: 'cap is reached'
    severity: 2
    above: 0
    means: 'The day\'s cap of charges or of won is used up.'
    runbook: 'GET /api/operations/charging shows it. Expected? Raise Charging__Max…PerDay. Else stop charging.'
  }
  {
    name: 'clock-skew'
    event: 'ChargingRefused'
    says: 'the clock is'
    severity: 1
    above: 0
    means: 'Our clock is more than 5 minutes from storage\'s, and nothing is charged.'
    runbook: 'Restart the app, so that it gets another machine. If it stays, tell Azure\'s support.'
  }
  {
    name: 'exception-raised'
    event: 'ExceptionRaised'
    says: ''
    severity: 1
    above: 0
    means: 'PPRO and our books disagree about an agreement, or something happened that a person has to judge.'
    runbook: 'GET /api/operations/exceptions; compare with PPRO\'s portal; close it with what you found.'
  }
  {
    name: 'baton-lost'
    event: 'BatonLost'
    says: ''
    severity: 1
    above: 0
    means: 'An agreement had no next look, and the walk gave it one: it would never have been charged again.'
    runbook: 'It goes on by itself. It should not have happened: keep the day\'s logs of this agreement and report it.'
  }
  {
    name: 'look-poisoned'
    event: 'LookPoisoned'
    says: ''
    severity: 2
    above: 0
    means: 'Looking at an agreement failed five times; it is tried again every 15 minutes.'
    runbook: 'Read the failures of LookAtAgreement for this agreement. Often a deployment or storage; else report it.'
  }
  {
    name: 'step-failed'
    event: 'StepFailed'
    says: ''
    severity: 2
    above: 0
    means: 'One step of a look failed; the others went on.'
    runbook: 'The line names step and agreement, and carries the exception. It is tried again; report it if it repeats.'
  }
  {
    name: 'visit-failed'
    event: 'VisitFailed'
    says: ''
    severity: 3
    above: 0
    means: 'The daily walk could not visit an agreement.'
    runbook: 'The next round comes by again. If it repeats: POST /api/operations/agreements/{id}/recheck.'
  }
]

@export()
@description('Of PPRO\'s word, and of what comes to our door.')
var eventAlerts eventAlert[] = [
  {
    name: 'webhook-refused'
    event: 'WebhookRefused'
    says: ''
    severity: 1
    above: 4
    means: 'Webhooks are refused, most likely by their signature.'
    runbook: 'Was PPRO\'s signing secret changed? Put it into the vault. "Missing" alone is a stranger.'
  }
  {
    name: 'webhook-not-queued'
    event: 'WebhookNotQueued'
    says: ''
    severity: 1
    above: 0
    means: 'A webhook could not be put on the queue; PPRO repeats it.'
    runbook: 'Ask GET /api/health: storage is unreachable or a queue is missing. PPRO repeats for 68 hours.'
  }
  {
    name: 'event-quarantined'
    event: 'EventQuarantined'
    says: ''
    severity: 2
    above: 0
    means: 'An event of PPRO\'s could not be applied and is kept.'
    runbook: 'GET /api/operations/quarantine and docs/quarantine.md: find out why, then replay it.'
  }
  {
    name: 'poison-emptied'
    event: 'PoisonEmptied'
    says: ''
    severity: 2
    above: 0
    means: 'Messages failed five times and were handled in another way: looked at later, or applied or quarantined.'
    runbook: 'Nothing is lost. Read the earlier failures of ApplyPproEvent and LookAtAgreement.'
  }
  {
    name: 'poison-stays'
    event: 'PoisonStays'
    says: ''
    severity: 1
    above: 0
    means: 'A message failed five times, and cannot even be put aside. In a poison queue it lives for 7 days.'
    runbook: 'The line carries the exception: storage, most likely. Repair within days; the timer tries every minute.'
  }
  {
    name: 'unreadable-message'
    event: 'UnreadableMessage'
    says: ''
    severity: 2
    above: 0
    means: 'A message that is not ours was on a queue and was dropped.'
    runbook: 'Who else writes to this account? Only the app\'s identity should have a role on it.'
  }
  {
    name: 'unknown-word'
    event: 'UnknownWord'
    says: ''
    severity: 3
    above: 0
    means: 'PPRO used a word that we do not know; it counts as undecided.'
    runbook: 'Look it up in PPRO\'s release notes, and teach it to the app before much hangs on it.'
  }
  {
    name: 'ppro-unread'
    event: 'ReadFailed'
    says: ''
    severity: 2
    above: 20
    means: 'PPRO does not answer reads. What is in doubt stays in doubt.'
    runbook: 'PPRO\'s status page. Nothing is to be done here: all of it is read later.'
  }
  {
    name: 'operator-refused'
    event: 'OperatorRefused'
    says: ''
    severity: 2
    above: 4
    means: 'Somebody asks operators\' routes without an operator\'s key, or with a wrong one.'
    runbook: 'A colleague with an old key? If not, a function key is in strange hands: replace it.'
  }
]
