using Microsoft.Extensions.Options;

namespace PcBench.Platform.Health;

/// <summary>How the service leaves.</summary>
public sealed class DrainOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Drain";

    internal const int MaxSeconds = 120;

    /// <summary>How long it goes on serving after it was told to stop, until those who send requests have noticed.</summary>
    /// <value>0 to 120. Default 0; behind a load balancer as long as that needs to see <c>/health/ready</c> fail, usually 10.</value>
    public int Seconds { get; set; }
}

/// <summary>Refuses to start on a time that cannot be.</summary>
public sealed class DrainOptionsCheck : IValidateOptions<DrainOptions>
{
    public ValidateOptionsResult Validate(string? name, DrainOptions options) => options.Seconds is >= 0 and <= DrainOptions.MaxSeconds
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Drain:Seconds = {options.Seconds} is out of range. Give 0 to {DrainOptions.MaxSeconds}, usually 10 behind a load balancer and 0 without one, in appsettings.json or as environment variable Drain__Seconds.");
}
