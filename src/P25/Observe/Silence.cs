using System.Text.Json.Nodes;
using P25.Contours;

namespace P25.Observe;

/// <summary>
/// Quiets the tickets about causes in one contour while a release is rolled out: pods come and go because they should. What users notice, and
/// every page, is told all the same. It ends when this is disposed of, and by itself where p25 does not live to see that.
/// </summary>
internal sealed class Silence : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient? http;
    private readonly string? id;
    private readonly Action<string> say;

    private Silence(HttpClient? http, string? id, Action<string> say) => (this.http, this.id, this.say) = (http, id, say);

    /// <param name="session">P25_ALERTMANAGER overrides the contour's address.</param>
    /// <param name="contour">Where; without an address nothing is silenced.</param>
    /// <param name="actor">Who.</param>
    /// <param name="doing">What for.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<Silence> StartAsync(Session session, Contour contour, string actor, string doing, CancellationToken cancel)
    {
        var address = session.Context.AddressOf("P25_ALERTMANAGER") ?? contour.Alertmanager;

        // There and back again, each as long as Helm may take.
        var atMost = (2 * contour.Timeout) + (2 * contour.Verify.Window) + TimeSpan.FromMinutes(5);
        return StartAsync(session.Context.Handler, address, contour.Name, actor, doing, session.Context.Time, atMost, session.Say, cancel);
    }

    internal static async Task<Silence> StartAsync(
        Func<HttpMessageHandler> handler, Uri? address, string contour, string actor, string doing, TimeProvider time, TimeSpan atMost, Action<string> say, CancellationToken cancel)
    {
        if (address is null)
            return new Silence(null, null, say);
        var http = new HttpClient(handler()) { BaseAddress = address, Timeout = Patience };
        try
        {
            var now = time.GetUtcNow();
            var silence = new JsonObject
            {
                ["matchers"] = new JsonArray(Matcher("contour", contour), Matcher("kind", "cause"), Matcher("severity", "ticket")),
                ["startsAt"] = now.ToString("O"),
                ["endsAt"] = (now + atMost).ToString("O"),
                ["createdBy"] = actor,
                ["comment"] = $"p25: {doing}",
            };
            using var answer = await http.PostAsync("api/v2/silences", new StringContent(silence.ToJsonString(), null, "application/json"), cancel);
            answer.EnsureSuccessStatusCode();
            var id = (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))?["silenceID"];
            say($"Alertmanager tells no tickets about causes in {contour} meanwhile.");
            return new Silence(http, id, say);
        }
        catch (Exception away) when (away is HttpRequestException or System.Text.Json.JsonException || (away is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // Too many messages are no reason not to deploy.
            http.Dispose();
            say($"Alertmanager could not be silenced: {away.Message}");
            return new Silence(null, null, say);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (http is null)
            return;
        try
        {
            using var answer = await http.DeleteAsync($"api/v2/silence/{id}");
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            say($"The silence {id} could not be ended and ends by itself: {away.Message}");
        }
        finally
        {
            http.Dispose();
        }
    }

    private static JsonObject Matcher(string label, string value) => new() { ["name"] = label, ["value"] = value, ["isRegex"] = false, ["isEqual"] = true };
}
