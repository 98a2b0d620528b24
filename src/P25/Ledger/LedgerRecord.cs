using P25.Releases;

namespace P25.Ledger;

/// <summary>What was done.</summary>
internal enum Deed
{
    Deploy,
    Rollback,
    Recover,
    Hold,
    Release,
    Approve,
}

/// <summary>How it ended.</summary>
internal enum Ending
{
    /// <summary>It has not: either it is going on, or whoever did it was killed.</summary>
    Started,

    /// <summary>It was rolled out, and everything that was checked held.</summary>
    Verified,

    /// <summary>It was not.</summary>
    Failed,

    /// <summary>It was killed, and what it left was put in order by the next one.</summary>
    Interrupted,

    /// <summary>It is done; there is nothing to verify.</summary>
    Done,
}

/// <summary>One line of a contour's history.</summary>
internal sealed record LedgerRecord
{
    /// <summary>Counted from 1 in each contour.</summary>
    public required int Number { get; init; }

    public required Deed Deed { get; init; }

    public required Ending Ending { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the contour was brought to, or what a hold is about.</summary>
    public Release? Release { get; init; }

    /// <summary>Helm's revision, once there is one.</summary>
    public int? Revision { get; init; }

    public required string Actor { get; init; }

    public string? Approver { get; init; }

    public required string Reason { get; init; }

    /// <summary>The plan's hash.</summary>
    public string? Plan { get; init; }

    /// <summary>What went wrong, in a sentence.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether the hub knows of it as it is now.</summary>
    public bool Told { get; init; }
}

/// <summary>A release that may not be deployed.</summary>
/// <param name="Number">Counted from 1 in each contour.</param>
/// <param name="Id">The set of digests; null: every release.</param>
/// <param name="Content">What it is made of: the same content under other digests is held too.</param>
/// <param name="Version">For people.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who.</param>
/// <param name="At">Since when.</param>
internal sealed record Hold(int Number, string? Id, string? Content, string? Version, string Reason, string Actor, DateTimeOffset At)
{
    public bool Covers(Release release) => Id is null || Id == release.Id || (Content is not null && Content == release.Content);
}

/// <summary>Somebody agrees to exactly one plan.</summary>
internal sealed record Approval(string Plan, string Approver, string Reason, DateTimeOffset At);
