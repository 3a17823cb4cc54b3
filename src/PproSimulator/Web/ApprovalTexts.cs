namespace PproSimulator;

/// <summary>The approval page's words, in the consumer's language.</summary>
internal sealed record ApprovalTexts
{
    public required string Lang { get; init; }

    public required string OtherLang { get; init; }

    public required string OtherName { get; init; }

    public required string Title { get; init; }

    public required string Simulator { get; init; }

    public required string Intro { get; init; }

    public required string Shop { get; init; }

    public required string EachPayment { get; init; }

    public required string FirstPayment { get; init; }

    public required string Schedule { get; init; }

    public required string Varies { get; init; }

    public required string Approve { get; init; }

    public required string Cancel { get; init; }

    public required string Fine { get; init; }

    public required string Gone { get; init; }

    public required string Decided { get; init; }

    public required string Unknown { get; init; }

    /// <summary>For an interval of one, and for more, by PPRO's frequency type.</summary>
    public required IReadOnlyDictionary<string, (string One, string More)> Frequencies { get; init; }

    public static ApprovalTexts Korean { get; } =
        new()
        {
            Lang = "ko",
            OtherLang = "en",
            OtherName = "English",
            Title = "정기결제 등록",
            Simulator = "PPRO 시뮬레이터 — 실제 결제가 아닙니다",
            Intro = "아래 내용을 확인하고 정기결제에 동의해 주세요.",
            Shop = "가맹점",
            EachPayment = "회당 결제 금액",
            FirstPayment = "첫 결제 금액",
            Schedule = "결제 주기",
            Varies = "결제할 때마다 다름",
            Approve = "동의하고 등록하기",
            Cancel = "취소",
            Fine = "동의하면 이후 결제는 자동으로 진행됩니다. 언제든지 해지할 수 있습니다.",
            Gone = "등록 시간이 지났습니다. 가맹점에서 다시 시작해 주세요.",
            Decided = "이미 처리된 요청입니다.",
            Unknown = "요청을 찾을 수 없습니다. 링크를 확인해 주세요.",
            Frequencies = new Dictionary<string, (string One, string More)>
            {
                ["DAILY"] = ("매일", "{0}일마다"),
                ["WEEKLY"] = ("매주", "{0}주마다"),
                ["MONTHLY"] = ("매월", "{0}개월마다"),
                ["YEARLY"] = ("매년", "{0}년마다"),
            },
        };

    public static ApprovalTexts English { get; } =
        new()
        {
            Lang = "en",
            OtherLang = "ko",
            OtherName = "한국어",
            Title = "Set up automatic payment",
            Simulator = "PPRO simulator — no real payment",
            Intro = "Please check the details and agree to automatic payment.",
            Shop = "Merchant",
            EachPayment = "Each payment",
            FirstPayment = "First payment",
            Schedule = "Billed",
            Varies = "differs from payment to payment",
            Approve = "Agree and set up",
            Cancel = "Cancel",
            Fine = "Later payments are made automatically once you agree. You can end this at any time.",
            Gone = "The time to approve is over. Please start again at the shop.",
            Decided = "This request has been settled already.",
            Unknown = "There is no such request. Please check the link.",
            Frequencies = new Dictionary<string, (string One, string More)>
            {
                ["DAILY"] = ("every day", "every {0} days"),
                ["WEEKLY"] = ("every week", "every {0} weeks"),
                ["MONTHLY"] = ("every month", "every {0} months"),
                ["YEARLY"] = ("every year", "every {0} years"),
            },
        };

    /// <summary>Korean unless the reader asks for English.</summary>
    public static ApprovalTexts For(HttpRequest request)
    {
        var asked = request.Query["lang"].ToString();
        if (asked is "ko" or "en")
        {
            return asked is "en" ? English : Korean;
        }

        return request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase)
            ? English
            : Korean;
    }
}
