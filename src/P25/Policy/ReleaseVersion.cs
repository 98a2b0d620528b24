using System.Globalization;
using System.Text.RegularExpressions;

namespace P25.Policy;

/// <summary>The version that a tag names: <c>vX.Y.Z</c> or <c>vX.Y.Z-betaN</c>, and nothing else.</summary>
/// <param name="Major">X, without leading zeros.</param>
/// <param name="Minor">Y.</param>
/// <param name="Patch">Z.</param>
/// <param name="Beta">N, from 1; null for a release.</param>
internal sealed partial record ReleaseVersion(int Major, int Minor, int Patch, int? Beta)
{
    /// <summary>Without the <c>v</c>.</summary>
    public override string ToString() => $"{Major}.{Minor}.{Patch}{(Beta is { } number ? $"-beta{number}" : "")}";

    /// <summary>The release that this is, or is a beta of.</summary>
    public ReleaseVersion Release => this with { Beta = null };

    /// <summary>Reads a tag's name.</summary>
    /// <param name="tag">The name, with its <c>v</c>.</param>
    /// <param name="problem">What is wrong with it, and what it should be; null where it is a version.</param>
    public static ReleaseVersion? Read(string tag, out string? problem)
    {
        problem = null;
        if (Strict().Match(tag) is { Success: true } match)
        {
            return new ReleaseVersion(
                Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3]), match.Groups[4].Success ? Number(match.Groups[4]) : null);
        }

        problem = Explain(tag);
        return null;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Explain(string tag)
    {
        if (tag.Contains('+', StringComparison.Ordinal))
            return "It has build metadata (+…). A version is built once and has one name: vX.Y.Z or vX.Y.Z-betaN.";
        if (LeadingZero().IsMatch(tag))
            return "It has a number with a leading zero. Write v1.2.3, not v01.2.3.";
        if (DottedBeta().IsMatch(tag))
            return "A beta is written without a dot and counted from 1: v1.2.3-beta1.";
        if (OtherPreRelease().IsMatch(tag))
            return "The only pre-releases are betas, counted from 1: vX.Y.Z-betaN.";
        return "It is neither vX.Y.Z (release) nor vX.Y.Z-betaN (beta).";
    }

    // [0-9] and \z: \d takes the digits of every script, and $ takes a line break at the end.
    [GeneratedRegex(@"\Av(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(?:-beta([1-9][0-9]{0,8}))?\z")]
    private static partial Regex Strict();

    [GeneratedRegex(@"(\A[vV]|\.|beta)0[0-9]")]
    private static partial Regex LeadingZero();

    [GeneratedRegex(@"\A[vV]?[0-9]+\.[0-9]+\.[0-9]+-[bB][eE][tT][aA]([.-]?[0-9]*)\z")]
    private static partial Regex DottedBeta();

    [GeneratedRegex(@"\A[vV]?[0-9]+\.[0-9]+\.[0-9]+-")]
    private static partial Regex OtherPreRelease();
}
