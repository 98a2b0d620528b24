namespace PcBench.Contracts.Results;

/// <summary>One thing that is wrong with an input, in words that let a person mend it.</summary>
/// <param name="Field">Where: <c>workloads[3].samples[7]</c>, <c>visibility</c>, or <c>$</c> for the whole.</param>
/// <param name="Value">What stood there, cut to 80 characters; absent where nothing did.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Fix">What to do.</param>
public sealed record FieldError(string Field, string? Value, string Problem, string Fix)
{
    private const int MaxValue = 80;

    /// <summary>An error whose value is cut to 80 characters and shown in printable ASCII: what was sent may be hostile.</summary>
    public static FieldError Of(string field, object? value, string problem, string fix)
    {
        var text = value switch
        {
            null => null,
            double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        if (text is not null)
        {
            if (text.Length > MaxValue)
                text = text[..MaxValue] + "...";
            text = string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));
        }

        return new FieldError(field, text, problem, fix);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Field}{(Value is null ? "" : $" = {Value}")}: {Problem} {Fix}";
}
