using System.Collections.Frozen;
using PcBench.Contracts;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>The numbers that stand for board names in the tables.</summary>
internal sealed class BoardNumbers
{
    private FrozenDictionary<string, short> byName = FrozenDictionary<string, short>.Empty;
    private FrozenDictionary<short, Board> byNumber = FrozenDictionary<short, Board>.Empty;

    /// <summary>Those of this version's boards, in the order of <see cref="Board.All"/>.</summary>
    public IReadOnlyList<short> All { get; private set; } = [];

    public short Of(string board) => byName[board];

    /// <summary>The board; null for one that this version has no more.</summary>
    public Board? Find(short number) => byNumber.GetValueOrDefault(number);

    /// <summary>A result's values as they are kept.</summary>
    public KeptValue[] Keep(IReadOnlyList<BoardValue> values) =>
        [.. values.Select(value => new KeptValue(Of(value.Board), (float)value.Value, (float)(value.High / value.Value)))];

    /// <exception cref="InvalidOperationException">A board of this version is not in the store.</exception>
    public async Task LoadAsync(Database database, CancellationToken cancel)
    {
        var rows = await database.Sql("select name, no from board").ListAsync(row => (Name: row.GetString(0), No: row.GetInt16(1)), cancel);
        byName = rows.ToFrozenDictionary(row => row.Name, row => row.No);
        byNumber = rows.Where(row => Board.Find(row.Name) is not null).ToFrozenDictionary(row => row.No, row => Board.Find(row.Name)!);
        if (Board.All.FirstOrDefault(board => !byName.ContainsKey(board.Name)) is { } missing)
            throw new InvalidOperationException($"The database has no board '{missing.Name}'. Run 'backend migrate' of this version first.");
        All = [.. Board.All.Select(board => byName[board.Name])];
    }
}
