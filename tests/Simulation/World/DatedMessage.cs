using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Azure;
using Azure.Core;

namespace Simulation.Tests;

/// <summary>An answer of storage's of which only the time matters.</summary>
internal static class DatedMessage
{
    public static HttpMessage Of(DateTimeOffset at) =>
        new(new NoRequest(), new ResponseClassifier()) { Response = new Dated(at) };

    private sealed class Dated(DateTimeOffset at) : Response
    {
        public override int Status => 200;

        public override string ReasonPhrase => string.Empty;

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = string.Empty;

        public override void Dispose() { }

        protected override bool ContainsHeader(string name) => name is "Date";

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = name is "Date" ? at.ToString("R", CultureInfo.InvariantCulture) : null;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }
    }

    private sealed class NoRequest : Request
    {
        public override string ClientRequestId { get; set; } = string.Empty;

        public override void Dispose() { }

        protected override void AddHeader(string name, string value) { }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool RemoveHeader(string name) => false;

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
