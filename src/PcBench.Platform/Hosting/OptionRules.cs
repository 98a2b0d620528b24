using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PcBench.Platform.Hosting;

/// <summary>What the checks of options share: how they are read, and how it is said what is wrong with one, by key, value and fix.</summary>
public static class OptionRules
{
    /// <summary>What is wrong with a number that must be <paramref name="min"/> to <paramref name="max"/>; nothing where it is.</summary>
    public static IEnumerable<string> Range(string section, string key, long value, long min, long max, long usual)
    {
        if (value < min || value > max)
            yield return $"{section}:{key} = {value} is out of range. Give {min} to {max}, usually {usual}, in appsettings.json or as environment variable {section}__{key}.";
    }

    /// <summary>Refuses to start where anything is wrong.</summary>
    public static ValidateOptionsResult Outcome(IReadOnlyCollection<string> errors) =>
        errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

    /// <summary>
    /// Several values: a list in a file, one text parted by commas in an environment variable. The framework would pass over a text where
    /// it looks for a list.
    /// </summary>
    public static string[] ListOf(IConfigurationSection section) =>
    [
        .. (section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        .. section.GetChildren().Select(child => child.Value?.Trim() ?? ""),
    ];
}
