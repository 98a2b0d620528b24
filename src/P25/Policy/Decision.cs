namespace P25.Policy;

/// <summary>What becomes of a ref.</summary>
/// <param name="Ref">Its full name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Allowed">Whether it enters a contour, once <paramref name="Needs"/> are met.</param>
/// <param name="Contour">Which one; null where none.</param>
/// <param name="Gate">What stands before the deploy.</param>
/// <param name="Version">The version that it names, without the <c>v</c>.</param>
/// <param name="Who">Who may deploy it.</param>
/// <param name="Needs">What must hold besides.</param>
/// <param name="Reason">Why.</param>
/// <param name="Fix">What to do, where it is refused.</param>
internal sealed record Decision(
    string Ref, RefKind Kind, bool Allowed, string? Contour, Gate? Gate, string? Version, string Who, IReadOnlyList<string> Needs, string Reason, string? Fix);
