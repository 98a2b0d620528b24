using System.Buffers.Binary;
using System.Buffers.Text;
using PcBench.Backend.Http;
using PcBench.Contracts;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Features.Leaderboard;

/// <summary>A place between two rows of a board: the last row of the page before.</summary>
internal readonly record struct Cursor(double Value, long No)
{
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], No);
        return Base64Url.EncodeToString(bytes);
    }

    public static Cursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[18];
        if (text.Length != 22 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != 16)
            return null;
        var cursor = new Cursor(BinaryPrimitives.ReadDoubleBigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        return double.IsFinite(cursor.Value) ? cursor : null;
    }
}

/// <summary>A leaderboard query that passed the rules.</summary>
internal sealed record LeaderboardFilter(
    Board Board, string? Vendor, string? Cpu, (int Min, int Max)? Cores, OsFamily? Os, bool? Virtual, DateOnly? Since, DateOnly? Until, int Limit, Cursor? After);

internal static class LeaderboardRules
{
    private const int MaxCores = 4_096;

    public static LeaderboardFilter Check(LeaderboardQuery query, QueryRules rules)
    {
        var board = Board.Find(query.Board ?? "single");
        if (board is null)
            rules.Add("board", query.Board, "There is no such board.", $"Give one of: {string.Join(", ", Board.All.Select(known => known.Name))}.");
        var (since, until) = (rules.Date("since", query.Since), rules.Date("until", query.Until));
        if (since > until)
            rules.Add("until", query.Until, "It is before since.", "Give a day on or after since.");
        var after = query.After is null ? null : Cursor.Parse(query.After);
        if (query.After is not null && after is null)
            rules.Add("after", query.After, "It is not the next of a page.", "Give next of the page before, unchanged, or leave it out for the first page.");
        return new LeaderboardFilter(
            board ?? Board.All[0], rules.Text("vendor", query.Vendor, 1, HardwareText.MaxLength), rules.Text("cpu", query.Cpu, 1, HardwareText.MaxLength),
            Cores(query.Cores, rules), rules.Name<OsFamily>("os", query.Os), rules.Flag("virtual", query.Virtual), since, until,
            rules.Number("limit", query.Limit, 1, 100, otherwise: 50), after);
    }

    private static (int Min, int Max)? Cores(string? text, QueryRules rules)
    {
        if (text is null)
            return null;
        var parts = text.Split('-');
        if (parts.Length <= 2 && int.TryParse(parts[0], out var min) && int.TryParse(parts[^1], out var max) && min >= 1 && min <= max && max <= MaxCores)
            return (min, max);
        rules.Add("cores", text, "It is neither a number nor a range.", $"Give 8, or 8-16; 1 to {MaxCores}.");
        return null;
    }
}
