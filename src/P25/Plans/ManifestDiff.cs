namespace P25.Plans;

/// <summary>What becomes of an object.</summary>
internal enum ChangeKind
{
    Add,
    Change,
    Remove,
}

/// <summary>An object that a plan changes.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Object">Kind and name.</param>
/// <param name="Lines">The lines that differ, with <c>+</c>, <c>-</c> or a space before them, and three of what is around.</param>
internal sealed record ObjectChange(ChangeKind Kind, string Object, IReadOnlyList<string> Lines);

/// <summary>What differs between two manifests, object by object.</summary>
internal static class ManifestDiff
{
    private const int Around = 3;

    public static IReadOnlyList<ObjectChange> Of(IReadOnlyList<ManifestObject> before, IReadOnlyList<ManifestObject> after)
    {
        var old = before.GroupBy(one => one.Title).ToDictionary(group => group.Key, group => group.Last().Text);
        var @new = after.GroupBy(one => one.Title).ToDictionary(group => group.Key, group => group.Last().Text);
        var changes = new List<ObjectChange>();
        foreach (var title in old.Keys.Union(@new.Keys).Order(StringComparer.Ordinal))
        {
            var was = old.GetValueOrDefault(title);
            var becomes = @new.GetValueOrDefault(title);
            if (was == becomes)
                continue;
            var kind = was is null ? ChangeKind.Add : becomes is null ? ChangeKind.Remove : ChangeKind.Change;
            changes.Add(new ObjectChange(kind, title, Lines(was?.Split('\n') ?? [], becomes?.Split('\n') ?? [])));
        }

        return changes;
    }

    /// <summary>The longest common subsequence: manifests are short, so the table may be whole.</summary>
    private static List<string> Lines(string[] was, string[] becomes)
    {
        var common = new int[was.Length + 1, becomes.Length + 1];
        for (var i = was.Length - 1; i >= 0; i--)
        {
            for (var j = becomes.Length - 1; j >= 0; j--)
                common[i, j] = was[i] == becomes[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var all = new List<string>();
        for (int i = 0, j = 0; i < was.Length || j < becomes.Length;)
        {
            if (i < was.Length && j < becomes.Length && was[i] == becomes[j])
            {
                all.Add($" {was[i++]}");
                j++;
            }
            else if (j >= becomes.Length || (i < was.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                all.Add($"-{was[i++]}");
            }
            else
            {
                all.Add($"+{becomes[j++]}");
            }
        }

        return [.. all.Where((_, at) => Enumerable.Range(at - Around, 2 * Around + 1).Any(near => near >= 0 && near < all.Count && all[near][0] != ' '))];
    }
}
