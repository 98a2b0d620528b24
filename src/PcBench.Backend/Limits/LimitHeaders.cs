using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Backend.Http;

namespace PcBench.Backend.Limits;

internal static class LimitHeaders
{
    /// <summary>
    /// Tells the sender how it stands, in the words of draft-ietf-httpapi-ratelimit-headers-10, and makes the answer that refuses.
    /// </summary>
    /// <returns>Null where the request passes.</returns>
    public static ProblemHttpResult? Refusal(this HttpResponse response, LimitDecision decision)
    {
        if (decision.Permits == 0)
            return null;
        var name = decision.Limit.Name();
        response.Headers.Append("RateLimit-Policy", $"\"{name}\";q={decision.Permits};w=60");
        response.Headers.Append("RateLimit", $"\"{name}\";r={decision.Remaining};t={decision.ResetSeconds}");
        if (decision.Passes)
            return null;
        response.Headers.RetryAfter = decision.RetryAfterSeconds.ToString();
        return Problems.TooMany(decision);
    }
}
