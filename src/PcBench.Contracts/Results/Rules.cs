using System.Diagnostics.CodeAnalysis;

namespace PcBench.Contracts.Results;

/// <summary>
/// Collects what is wrong; each rule names the field, the value and the fix. Texts that are composed belong behind the
/// condition: a document keeps thousands of rules, and none of their texts is read.
/// </summary>
internal sealed class Rules
{
    private const int MaxErrors = 20;

    private readonly List<FieldError> errors = [];

    /// <summary>The first 20.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    public void Add(Field field, object? value, string problem, string fix)
    {
        if (errors.Count < MaxErrors)
            errors.Add(FieldError.Of(field.ToString(), value, problem, fix));
    }

    public void Require<T>(bool holds, Field field, T value, string problem, string fix)
    {
        if (!holds)
            Add(field, value, problem, fix);
    }

    /// <summary>A member that must be there.</summary>
    public bool NotNull(Field field, [NotNullWhen(true)] object? member)
    {
        if (member is null)
            Add(field, null, "It is missing.", "Submit the file unchanged, as pcbench wrote it.");
        return member is not null;
    }

    /// <summary>A name of hardware or software.</summary>
    public void Text(Field field, string? text, bool required = false)
    {
        if (string.IsNullOrEmpty(text))
        {
            Require(text is null && !required, field, text, "It is empty.", "Give a name, or leave the member out where it is optional.");
            return;
        }

        if (text.Length > HardwareText.MaxLength)
            Add(field, text, $"It is longer than {HardwareText.MaxLength} characters.", "Cut it.");
        var at = HardwareText.IndexOfForbidden(text);
        if (at >= 0)
        {
            Add(field, text, $"Character {at + 1} (U+{(int)text[at]:X4}) may not stand in a name.",
                "Names hold printable ASCII without < > \" ` $ { } \\ ? ^, and the signs ® ™ ° µ.");
        }
    }

    public void Range(Field field, double? value, double min, double max)
    {
        if (value is { } number && !(double.IsFinite(number) && number >= min && number <= max))
            Add(field, number, $"It must be {min:R} to {max:R}.", "Give it as it was measured, or leave it out where it is optional.");
    }

    public void Count<T>(Field field, IReadOnlyList<T> list, int max)
    {
        if (list.Count > max)
            Add(field, list.Count, $"There may be at most {max}.", "Leave the rest out.");
    }

    public bool Base64(Field field, string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        var valid = text.Length <= length * 2 && Convert.TryFromBase64String(text, bytes, out var written) && written == length;
        if (!valid)
            Add(field, text, $"It is not {length} bytes in Base64.", "Submit the file unchanged, as pcbench wrote it.");
        return valid;
    }
}
