namespace PcBench.Backend;

/// <summary>Says what is wrong with an option: key, value and fix.</summary>
internal static class OptionRules
{
    public static IEnumerable<string> Range(string section, string key, long value, long min, long max, long usual)
    {
        if (value < min || value > max)
            yield return $"{section}:{key} = {value} is out of range. Give {min} to {max}, usually {usual}, in appsettings.json or as environment variable {section}__{key}.";
    }
}
