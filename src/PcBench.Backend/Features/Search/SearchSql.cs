using PcBench.Backend.Features.Cpus;
using PcBench.Contracts.Signing;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Search;

/// <summary>Finds public things by the beginnings of words, each of which is a range of an index.</summary>
internal static class SearchSql
{
    private const int Limit = 20;

    internal const string OfCpu = "r.cpu_no = @no";
    internal const string OfMainboard = "r.mainboard_no = @no";

    public static async Task<List<CpuRow>> CpusAsync(Database database, IReadOnlyList<string> words, CancellationToken cancel) =>
        await WithWords(database.Sql(
            $"select {CpuSql.Columns} from cpu c where no in ({Matching(words)}) and {CpuSql.Counts} order by results desc limit {Limit}"),
            SearchWords.Cpu, words).ListAsync(CpuSql.Map, cancel);

    public static Task<List<int>> MainboardsAsync(Database database, IReadOnlyList<string> words, CancellationToken cancel) =>
        WithWords(database.Sql($"select no from ({Matching(words)}) m limit {Limit}"), SearchWords.Mainboard, words).ListAsync(row => row.GetInt32(0), cancel);

    /// <summary>The newest public results of one CPU model or main board.</summary>
    public static Task<List<ListedResult>> NewestAsync(Database database, string ofModel, int no, CancellationToken cancel) =>
        database.Sql(NewestText(ofModel)).With("no", no).ListAsync(ListedResult.Map, cancel);

    /// <summary>The public result with this id.</summary>
    public static async Task<IReadOnlyList<ListedResult>> ByIdAsync(Database database, string id, CancellationToken cancel) =>
        SignedContent.IsId(id)
            ? await database.Sql($"{Columns} where r.id = @id and r.visibility = 2").With("id", id).ListAsync(ListedResult.Map, cancel)
            : [];

    internal static string NewestText(string ofModel) => $"{Columns} where {ofModel} and r.visibility = 2 order by r.no desc limit {Limit}";

    private const string Columns = $"""
        select r.headline_board, r.headline_value, r.headline_factor, {ListedResult.Columns}
        from result r join cpu c on c.no = r.cpu_no
        """;

    /// <summary>Numbers of the names that have, for each of the words, a word that begins with it.</summary>
    internal static string Matching(IReadOnlyList<string> words) => string.Join(" intersect ",
        words.Select((_, i) => $"select no from term where kind = @kind and word >= @from{i} and word < @to{i}"));

    private static Statement WithWords(Statement statement, int kind, IReadOnlyList<string> words)
    {
        statement.With("kind", kind);
        for (var i = 0; i < words.Count; i++)
            statement.With($"from{i}", words[i]).With($"to{i}", words[i] + '{'); // the character after z
        return statement;
    }
}
