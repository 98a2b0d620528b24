using System.Security.Cryptography;
using PcBench.Contracts.Signing;

namespace PcBench.Cli.Server;

/// <summary>Headers that prove who imports. They name an id that was never used: the import's own.</summary>
internal static class ImportHeaders
{
    /// <summary>How long they hold: as long as a large import may take to begin.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static IEnumerable<(string Name, string Value)> Of(ECDsa key, DateTimeOffset expires)
    {
        yield return ("Authorization", $"{OwnerToken.Scheme} {OwnerToken.Create(key, SignedContent.NewId(), expires)}");
        yield return ("PcBench-Key", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }
}
