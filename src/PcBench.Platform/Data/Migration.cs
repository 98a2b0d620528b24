using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace PcBench.Platform.Data;

/// <summary>
/// One numbered step of a schema: an embedded file <c>Migrations/DIALECT/NNNN-expand-what.sql</c> or
/// <c>NNNN-contract-what.sql</c>. The release before runs on a schema that was expanded, so it can come back; a step that
/// takes something away from it is a contract, and ships alone, at least one release later.
/// </summary>
/// <param name="Number">Its place, from 1, without gaps.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Sql">Its statements.</param>
public sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the statements: a step that has run must never change.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>Whether a release that does not know this step cannot run on its schema.</summary>
    public static bool IsContract(string name) => name.Contains("-contract-", StringComparison.Ordinal);

    /// <summary>The steps embedded in an assembly, in order.</summary>
    public static IReadOnlyList<Migration> In(Assembly assembly, Dialect dialect)
    {
        var marker = $".Migrations.{dialect.ToString().ToLowerInvariant()}.";
        var migrations = assembly.GetManifestResourceNames()
            .Where(resource => resource.Contains(marker, StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource, resource[(resource.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..]))
            .OrderBy(migration => migration.Number)
            .ToList();
        for (var i = 0; i < migrations.Count; i++)
        {
            if (migrations[i].Number != i + 1)
                throw new InvalidOperationException($"Migration {i + 1} is missing or there twice: found {migrations[i].Name}.");
        }

        return migrations;
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(name.AsSpan(0, 4), null), name, reader.ReadToEnd());
    }
}
