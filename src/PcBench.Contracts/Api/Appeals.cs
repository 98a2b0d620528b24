namespace PcBench.Contracts.Api;

/// <summary>Body of <c>POST /api/v1/results/{id}/appeal</c>; the owner's token is needed.</summary>
/// <param name="Text">Why the flag is wrong. 10 to 2,000 characters.</param>
public sealed record AppealRequest(string Text);

/// <summary>What an administrator decided about a flag.</summary>
/// <param name="Accepted">Whether the result counts in spite of its flag.</param>
/// <param name="Reason">Why.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="By">Who; told to administrators alone.</param>
public sealed record Decision(bool Accepted, string Reason, DateTimeOffset DecidedAt, string? By = null);

/// <summary>An owner's appeal against a flag, on the result's page.</summary>
/// <param name="Text">What the owner said; told to the owner alone.</param>
/// <param name="AppealedAt">When, UTC.</param>
/// <param name="Decision">What was decided; absent while it waits.</param>
public sealed record AppealView(string? Text, DateTimeOffset AppealedAt, Decision? Decision);

/// <summary>Answer of <c>GET /api/v1/admin/appeals</c>.</summary>
/// <param name="Appeals">The oldest first, at most 200.</param>
public sealed record AppealList(IReadOnlyList<AppealCase> Appeals);

/// <summary>An appeal, for who decides it.</summary>
/// <param name="ResultId">The result.</param>
/// <param name="CpuName">Its processor.</param>
/// <param name="Text">What its owner said.</param>
/// <param name="AppealedAt">When, UTC.</param>
/// <param name="Assessment">The verdict it is about, as it is now.</param>
/// <param name="Decisions">All decisions, the latest first; none while it waits.</param>
public sealed record AppealCase(
    string ResultId, string CpuName, string Text, DateTimeOffset AppealedAt, Assessment? Assessment, IReadOnlyList<Decision> Decisions);

/// <summary>Body of <c>POST /api/v1/admin/appeals/{id}/decision</c>.</summary>
/// <param name="Accepted">Whether the result is to count in spite of its flag.</param>
/// <param name="Reason">Why; its owner reads it. 3 to 2,000 characters.</param>
/// <param name="By">Who decides. 1 to 100 characters.</param>
public sealed record DecisionRequest(bool Accepted, string Reason, string By);
