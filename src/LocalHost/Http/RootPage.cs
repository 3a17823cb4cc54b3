using System.Net;
using System.Text;
using LocalHost.Settings;
using LocalHost.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LocalHost.Http;

/// <summary>What <c>/</c> answers, where no function has it: a short page of links to what runs here.</summary>
internal static class RootPage
{
    public static void Map(WebApplication app, IReadOnlyList<WorkerFunction> functions, HostSettings settings)
    {
        var page = Of(functions, settings);
        app.MapMethods("/", ["GET", "HEAD"], () => Results.Content(page, "text/html; charset=utf-8"));
    }

    private static string Of(IReadOnlyList<WorkerFunction> functions, HostSettings settings)
    {
        var page = new StringBuilder(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>Functions on this machine</title>
            <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
            th, td { padding: .1rem 1rem .1rem 0; vertical-align: top; text-align: left; font-weight: normal }
            td { overflow-wrap: anywhere }</style>
            </head>
            <body>
            <h1>Functions on this machine</h1>

            """
        );
        page.Append("<ul>\n");
        foreach (var link in settings.Links)
        {
            page.Append("<li>" + LinkTo(link.Url, link.Name) + "</li>\n");
        }

        page.Append("<li><a href=\"/__local/clock\">The clock</a></li>\n</ul>\n<h2>Functions</h2>\n<table>\n");
        foreach (var function in functions)
        {
            var name = "<th scope=\"row\">" + Text(function.Name) + "</th>";
            page.Append("<tr>" + name + "<td>" + Shown(function.Trigger) + "</td></tr>\n");
        }

        return page.Append("</table>\n</body>\n</html>\n").ToString();
    }

    /// <summary>A link where a browser can go: what is read, and has no value in its route.</summary>
    private static string Shown(Trigger trigger) =>
        trigger is HttpTrigger { Route: var route } http
        && http.Methods.Contains("GET", StringComparer.OrdinalIgnoreCase)
        && !route.Contains('{')
            ? $"[{Text(string.Join(',', http.Methods))}] {LinkTo($"/{route}", $"/{route}")}"
            : Text(trigger.Describe(string.Empty));

    private static string LinkTo(string url, string name) => $"<a href=\"{Text(url)}\">{Text(name)}</a>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
