using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using Names = PcBench.Contracts.Results.CpuName;

namespace PcBench.Backend.Features.Imports;

/// <summary>An import, as it is stored.</summary>
internal sealed record ImportRow(int No, string Id, byte[] OwnerKey, Visibility Visibility, ImportFormat Format, DateTimeOffset ImportedAt, long Results, bool IsComplete);

/// <summary>An imported result with all that is stored of it.</summary>
internal sealed record NewImported(byte[] Fingerprint, string? CpuId, string? CpuName, string Body)
{
    public static NewImported Of(ImportedResult result, byte[] ownerKey)
    {
        var body = JsonSerializer.Serialize(result, ApiJson.Default.ImportedResult);
        var cpu = result.Hardware.CpuModel;
        return new NewImported(
            SHA256.HashData([.. ownerKey, .. Encoding.UTF8.GetBytes(body)]), cpu is null ? null : Names.Id(cpu), cpu is null ? null : Names.Display(cpu), body);
    }
}

internal static class ImportSql
{
    internal const string OfCpu = $"""
        select r.cpu_name, r.body from imported_result r join import i on i.no = r.import_no
        where r.cpu_id = @cpu and {IsPublic} order by r.no desc limit 500
        """;
    internal const string CountOfCpu = $"select count(*) from imported_result r join import i on i.no = r.import_no where r.cpu_id = @cpu and {IsPublic}";
    internal const string AnyOfCpu = $"select 1 from imported_result r join import i on i.no = r.import_no where r.cpu_id = @cpu and {IsPublic} limit 1";
    internal const string PublicPage = $"""
        select r.no, r.body from imported_result r join import i on i.no = r.import_no
        where r.no > @after and {IsPublic} order by r.no limit 200
        """;
    internal const string Bodies = "select body from imported_result where import_no = @no order by no limit 100";

    // Visibility 2 is public. What is still coming in is not there yet.
    private const string IsPublic = "i.visibility = 2 and i.completed_at is not null";

    private const string Find = "select no, id, owner_key, visibility, format, imported_at, results, completed_at from import where id = @id";
    private const string Begin = """
        insert into import (id, owner_key, visibility, format, imported_at, results) values (@id, @owner, @visibility, @format, @at, 0)
        on conflict (id) do nothing returning no
        """;
    private const string Add = $"""
        insert into imported_result (import_no, fingerprint, cpu_id, cpu_name, body) values (@import, @fingerprint, @cpuId, @cpuName, @body) {TakeOver}
        """;
    private const string AddMany = $"""
        insert into imported_result (import_no, fingerprint, cpu_id, cpu_name, body) select $1, * from unnest($2, $3, $4, $5) {TakeOver}
        """;

    // The same owner's rows of an import that never came to its end are nobody's: a file that is sent again after a crash must not be "known" by them.
    private const string TakeOver = """
        on conflict (fingerprint) do update set import_no = excluded.import_no
        where imported_result.import_no <> excluded.import_no
            and exists (select 1 from import i where i.no = imported_result.import_no and i.completed_at is null)
        """;
    private const string Complete = """
        update import set completed_at = @at, results = (select count(*) from imported_result where import_no = @no) where no = @no returning results
        """;
    private const string Publish = "update import set visibility = @visibility where no = @no";

    // Twice: another import may have taken one over since it was found.
    private const string RemoveSome = "delete from imported_result where import_no = @no and no in (select no from imported_result where import_no = @no limit 5000)";
    private const string Remove = "delete from import where no = @no";
    private const string Hide = "update import set completed_at = null where no = @no";
    private const string Unfinished = "select id from import where completed_at is null and imported_at < @before limit 100";

    public static Task<ImportRow?> FindAsync(Database database, string id, CancellationToken cancel) => database.Sql(Find).With("id", id).FirstAsync(Map, cancel);

    /// <returns>Number of the new import; null where there is one of this id.</returns>
    public static async Task<int?> BeginAsync(Write write, ImportProof proof, Visibility visibility, ImportFormat format, DateTimeOffset at, CancellationToken cancel) =>
        (int?)await write.Sql(Begin).With("id", proof.ImportId).With("owner", proof.OwnerKey).With("visibility", visibility).With("format", format)
            .With("at", at.ToUnixTimeMilliseconds()).NumberAsync(cancel);

    /// <returns>How many were new.</returns>
    public static async Task<int> AddAsync(Write write, int importNo, IReadOnlyList<NewImported> results, CancellationToken cancel)
    {
        if (write.Dialect == Dialect.Postgres) // which takes none twice in one statement
            return await AddManyAsync((NpgsqlConnection)write.Connection, importNo, [.. results.DistinctBy(one => Convert.ToHexString(one.Fingerprint))], cancel);
        var (add, added) = (write.Sql(Add).With("import", importNo), 0);
        foreach (var result in results)
        {
            added += await add.With("fingerprint", result.Fingerprint).With("cpuId", result.CpuId).With("cpuName", result.CpuName).With("body", result.Body)
                .ExecuteAsync(cancel);
        }

        return added;
    }

    /// <returns>How many results it has.</returns>
    public static async Task<long> CompleteAsync(Write write, int no, DateTimeOffset at, CancellationToken cancel) =>
        await write.Sql(Complete).With("no", no).With("at", at.ToUnixTimeMilliseconds()).NumberAsync(cancel) ?? 0;

    public static Task SetVisibilityAsync(Write write, int no, Visibility visibility, CancellationToken cancel) =>
        write.Sql(Publish).With("no", no).With("visibility", visibility).ExecuteAsync(cancel);

    /// <summary>From here on nobody sees it, though its rows are still there.</summary>
    public static Task HideAsync(Write write, int no, CancellationToken cancel) => write.Sql(Hide).With("no", no).ExecuteAsync(cancel);

    /// <returns>Whether there was something left to remove.</returns>
    public static async Task<bool> RemoveSomeAsync(Write write, int no, CancellationToken cancel) => await write.Sql(RemoveSome).With("no", no).ExecuteAsync(cancel) > 0;

    public static Task RemoveAsync(Write write, int no, CancellationToken cancel) => write.Sql(Remove).With("no", no).ExecuteAsync(cancel);

    public static Task<List<string>> UnfinishedAsync(Database database, DateTimeOffset before, CancellationToken cancel) =>
        database.Sql(Unfinished).With("before", before.ToUnixTimeMilliseconds()).ListAsync(row => row.GetString(0), cancel);

    public static ImportedResult ResultOf(string body) => JsonSerializer.Deserialize(body, ApiJson.Default.ImportedResult)!;

    private static async Task<int> AddManyAsync(NpgsqlConnection connection, int importNo, IReadOnlyList<NewImported> results, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(AddMany, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = importNo });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, TypedValue = [.. results.Select(one => one.Fingerprint)] });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. results.Select(one => one.CpuId)] });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. results.Select(one => one.CpuName)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. results.Select(one => one.Body)] });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static ImportRow Map(DbDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetBytes(2), (Visibility)row.GetInt32(3), (ImportFormat)row.GetInt32(4), row.GetTime(5), row.GetInt64(6), !row.IsDBNull(7));
}
