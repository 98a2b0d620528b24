using System.Security.Cryptography;
using PcBench.Contracts.Signing;

namespace PcBench.Cli.Server;

/// <summary>Addresses of a result's page.</summary>
internal static class ResultLinks
{
    /// <summary>Where anybody sees it, unless it is private.</summary>
    public static Uri Page(Uri server, string id) => new(server, $"results/{id}");

    /// <summary>Where its owner sees and governs it. The token stands after #, so no server and no log sees it.</summary>
    public static Uri Owner(Uri server, string id, ECDsa key, DateTimeOffset expires) =>
        new($"{Page(server, id)}#owner={OwnerToken.Create(key, id, expires)}");
}
