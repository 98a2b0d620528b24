using System.Collections.Frozen;
using PcBench.Contracts;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>The numbers that stand for board names in the tables; a new board gets the next one at start.</summary>
internal sealed class BoardNumbers
{
    private FrozenDictionary<string, long> byName = FrozenDictionary<string, long>.Empty;
    private FrozenDictionary<long, string> byNumber = FrozenDictionary<long, string>.Empty;

    public long Of(string board) => byName[board];

    /// <summary>The name; null for a board that this version has no more.</summary>
    public string? NameOf(long number) => byNumber.GetValueOrDefault(number);

    public async Task LoadAsync(Database database, CancellationToken cancel)
    {
        var rows = await database.WriteAsync(async (write, token) =>
        {
            var add = write.Sql("insert into board (no, name) select coalesce(max(no), 0) + 1, @name from board where true on conflict (name) do nothing");
            foreach (var board in Board.All)
                await add.With("name", board.Name).ExecuteAsync(token);
            return await write.Sql("select name, no from board").ListAsync(row => (row.GetString(0), row.GetInt64(1)), token);
        }, cancel);
        byName = rows.ToFrozenDictionary(row => row.Item1, row => row.Item2);
        byNumber = rows.Where(row => Board.Find(row.Item1) is not null).ToFrozenDictionary(row => row.Item2, row => row.Item1);
    }
}
