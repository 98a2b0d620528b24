using System.Text.Json.Serialization;
using P25.Releases;

namespace P25.Ledger;

/// <summary>All that is remembered of a contour. A value: what changes it makes a new one.</summary>
internal sealed record LedgerState
{
    public const string CurrentSchema = "p25.ledger/1";

    /// <summary>A ConfigMap holds 1 MiB; a record takes about 2 KiB.</summary>
    public const int MaxRecords = 100;

    private const int MaxApprovals = 20;

    public required string Schema { get; init; }

    public required int NextNumber { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<LedgerRecord> Records { get; init; }

    public required IReadOnlyList<Hold> Holds { get; init; }

    public required IReadOnlyList<Approval> Approvals { get; init; }

    /// <summary>Contract migrations that the database has seen.</summary>
    public required IReadOnlyList<string> Contracts { get; init; }

    public static LedgerState Empty { get; } = new() { Schema = CurrentSchema, NextNumber = 1, Records = [], Holds = [], Approvals = [], Contracts = [] };

    /// <summary>What the contour was last brought to, whether it went well or not.</summary>
    [JsonIgnore]
    public LedgerRecord? Latest => Records.LastOrDefault(record => record.Deed is Deed.Deploy or Deed.Rollback);

    /// <summary>The last one that everything held for.</summary>
    [JsonIgnore]
    public LedgerRecord? LastVerified => Records.LastOrDefault(IsVerified);

    /// <summary>A deploy or rollback that never came back to say how it ended.</summary>
    [JsonIgnore]
    public LedgerRecord? Unfinished => Records.LastOrDefault(record => record.Ending == Ending.Started);

    public static bool IsVerified(LedgerRecord record) => record is { Deed: Deed.Deploy or Deed.Rollback, Ending: Ending.Verified, Revision: not null };

    public Hold? HoldOn(Release release) => Holds.FirstOrDefault(hold => hold.Covers(release));

    /// <summary>Adds a record, and forgets the oldest where there are too many.</summary>
    public LedgerState Add(LedgerRecord record) => (this with
    {
        NextNumber = record.Number + 1,
        Records = [.. Records, record],
    }).Trimmed();

    public LedgerState Replace(LedgerRecord record) => this with
    {
        Records = [.. Records.Select(one => one.Number == record.Number ? record : one)],
    };

    public LedgerState Approve(Approval approval) => this with { Approvals = [.. Approvals.TakeLast(MaxApprovals - 1), approval] };

    public LedgerState Seen(IEnumerable<string> contracts) => this with { Contracts = [.. Contracts.Union(contracts).Order(StringComparer.Ordinal)] };

    /// <summary>Never forgets what a rollback needs: the last verified releases.</summary>
    private LedgerState Trimmed()
    {
        if (Records.Count <= MaxRecords)
            return this;
        var needed = Records.Where(IsVerified).TakeLast(MaxRecords / 4).ToHashSet();
        var oldest = Records.First(record => !needed.Contains(record));
        return this with { Records = [.. Records.Where(record => record != oldest)] };
    }
}
