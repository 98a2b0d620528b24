namespace PcBench.Contracts.Results;

/// <summary>
/// Where in the document: <c>machine.cpu.model</c> or <c>workloads[3].samples[7]</c>. A document has thousands of places
/// and hardly ever an error, so the text is made only when it is asked for.
/// </summary>
/// <param name="path">Names down to a member or a list.</param>
/// <param name="index">Place in that list; -1 where there is none.</param>
/// <param name="member">Member of what stands there.</param>
/// <param name="item">Place in that member, which is a list; -1 where there is none.</param>
internal readonly struct Field(string path, int index = -1, string? member = null, int item = -1)
{
    public static implicit operator Field(string path) => new(path);

    /// <summary>A member of this element of a list, or one of the member's own items.</summary>
    public Field Member(string name, int at = -1) => new(path, index, name, at);

    public override string ToString() => $"{path}{At(index)}{(member is null ? "" : $".{member}")}{At(item)}";

    private static string At(int index) => index < 0 ? "" : $"[{index}]";
}
