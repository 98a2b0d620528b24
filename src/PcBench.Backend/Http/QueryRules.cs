using System.Globalization;
using System.Text.Json;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Http;

/// <summary>Reads the values of a query and collects what is wrong with them.</summary>
internal sealed class QueryRules
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public void Add(string field, string? value, string problem, string fix) => errors.Add(FieldError.Of(field, value, problem, fix));

    public string? Text(string field, string? value, int min, int max)
    {
        if (value is not null && (value.Length < min || value.Length > max))
            Add(field, value, $"It has {value.Length} characters.", $"Give {min} to {max} characters.");
        else if (value is not null && value.Any(char.IsControl))
            Add(field, value, "It holds control characters.", "Leave them out: no name has any."); // and PostgreSQL takes no text with U+0000
        return value;
    }

    public int Number(string field, string? value, int min, int max, int otherwise)
    {
        if (value is null)
            return otherwise;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Add(field, value, "It is not a number in the range.", $"Give a whole number, {min} to {max}.");
        return otherwise;
    }

    public bool? Flag(string field, string? value)
    {
        if (value is null or "true" or "false")
            return value is null ? null : value == "true";
        Add(field, value, "It is neither true nor false.", "Give true or false, or leave it out.");
        return null;
    }

    /// <summary>A name of an enum as JSON has it: camel case, exactly.</summary>
    public T? Name<T>(string field, string? value)
        where T : struct, Enum
    {
        if (value is null)
            return null;
        foreach (var member in Enum.GetValues<T>())
        {
            if (NameOf(member) == value)
                return member;
        }

        Add(field, value, "There is no such choice.", $"Give {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}.");
        return null;
    }

    public DateOnly? Date(string field, string? value)
    {
        if (value is null)
            return null;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Add(field, value, "It is not a date.", "Give a day as 2026-01-31, UTC.");
        return null;
    }

    private static string NameOf<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());
}
