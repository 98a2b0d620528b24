using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Ml.Registry;

/// <summary>How models are signed and how soon a new one is taken.</summary>
internal sealed class ModelOptions
{
    public const string Section = "Ml";

    /// <summary>Key under which models are signed. A model whose signature does not fit is refused.</summary>
    /// <value>At least 16 characters. Default: none; models are then only checked against damage.</value>
    public string? SigningKey { get; set; }

    /// <summary>How often the service looks whether another model was activated, in seconds.</summary>
    /// <value>1 to 3,600. Default 10.</value>
    public int ReloadSeconds { get; set; } = 10;

    /// <summary>A model file to serve instead of the registry's active one.</summary>
    public string? File { get; set; }
}

internal sealed class ModelOptionsCheck : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        List<string> problems = [];
        if (options.SigningKey is { Length: < 16 })
            problems.Add("Ml:SigningKey is shorter than 16 characters. Give a longer one as environment variable Ml__SigningKey, or none.");
        if (options.ReloadSeconds is < 1 or > 3600)
            problems.Add($"Ml:ReloadSeconds = {options.ReloadSeconds} is not among 1 to 3600. Give it as environment variable Ml__ReloadSeconds, or leave it out.");
        return OptionRules.Outcome(problems);
    }
}
