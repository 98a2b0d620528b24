using P25.Contours;

namespace P25.Verify;

/// <summary>
/// The key with which p25 itself is let into a contour that is not open to everybody: <c>P25_ACCESS_KEY_STAGE</c>, <c>P25_ACCESS_KEY</c>, or
/// the first one of the Secret that the services read theirs from. It is never told, and leaves p25 in a header alone.
/// </summary>
internal static class AccessKey
{
    /// <returns>Null where none is known.</returns>
    public static async Task<string?> FindAsync(Session session, Contour contour, CancellationToken cancel)
    {
        var variable = session.Context.Variable;
        if ((variable($"P25_ACCESS_KEY_{contour.Variable}") ?? variable("P25_ACCESS_KEY")) is { Length: > 0 } given)
            return given;
        if (contour.Verify.AccessKey is not { } from)
            return null;
        var read = await session.Kubectl(contour).RunAsync(["get", "secret", from.Secret, "--ignore-not-found", "-o", $"go-template={{{{with index .data \"{from.Key}\"}}}}{{{{. | base64decode}}}}{{{{end}}}}"], cancel);
        return read.Succeeded && read.Output.Split(',')[0].Trim() is { Length: > 0 } key ? key : null;
    }

    /// <summary>Refuses where the contour asks for one and none is known: every check would fail, and a good release be taken back.</summary>
    public static async Task RequireAsync(Session session, Contour contour, CancellationToken cancel)
    {
        if (contour.Verify.AccessKey is { } from && await FindAsync(session, contour, cancel) is null)
        {
            throw new P25Exception(P25ExitCodes.Refused, $"{contour.Name} is not open to everybody, and there is no key to verify it with: {from} is not in {contour.Namespace}.",
                $"Make it (p25 secrets init {contour.Name}), or set P25_ACCESS_KEY_{contour.Variable}.");
        }
    }
}
