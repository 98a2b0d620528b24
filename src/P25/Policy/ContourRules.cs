namespace P25.Policy;

/// <summary>Which refs enter a contour.</summary>
internal enum AcceptedRefs
{
    /// <summary>Pushes to the main branch.</summary>
    Main,

    /// <summary>Tags <c>vX.Y.Z-betaN</c>.</summary>
    Beta,

    /// <summary>Tags <c>vX.Y.Z</c>.</summary>
    Release,
}

/// <summary>What stands before a deploy.</summary>
internal enum Gate
{
    /// <summary>Nothing: a push deploys.</summary>
    Automatic,

    /// <summary>The tag: who may push it may deploy.</summary>
    Workflow,

    /// <summary>An approval of exactly this plan, a reason and a confirmation.</summary>
    Approval,
}

/// <summary>Who begins a rollback.</summary>
internal enum RollbackMode
{
    /// <summary>p25, when a release fails its verification.</summary>
    Automatic,

    /// <summary>A person, by a workflow or p25, with a reason.</summary>
    Workflow,

    /// <summary>A person, with a reason and a confirmation.</summary>
    Manual,
}

/// <summary>The part of a contour that the policy looks at.</summary>
/// <param name="Name">stage, beta, prod.</param>
/// <param name="Refs">What enters.</param>
/// <param name="Gate">What stands before a deploy.</param>
/// <param name="Rollback">Who begins a rollback.</param>
/// <param name="From">The contour in which the same digests must have been verified; null where none.</param>
/// <param name="Approval">What an approval must be, where the gate asks for one.</param>
internal sealed record ContourRules(string Name, AcceptedRefs Refs, Gate Gate, RollbackMode Rollback, string? From, ApprovalRules Approval);

/// <summary>What an approval must be.</summary>
/// <param name="OtherThanActor">Whether somebody else than who deploys must have given it.</param>
/// <param name="ValidFor">How long it holds.</param>
/// <param name="By">Who may give it; empty: everybody who can write to the contour's ledger.</param>
internal sealed record ApprovalRules(bool OtherThanActor, TimeSpan ValidFor, IReadOnlyList<string> By)
{
    public static ApprovalRules Default { get; } = new(OtherThanActor: true, TimeSpan.FromHours(24), []);
}
