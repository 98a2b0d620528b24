using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Backend.Ranking;

/// <summary>How soon the ranks of several replicas follow what is committed.</summary>
internal sealed class RankOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Ranks";

    /// <summary>Least time between two counts of changes, in milliseconds.</summary>
    /// <value>0 to 60,000. Default 250.</value>
    public int PauseMilliseconds { get; set; } = 250;

    /// <summary>How often the one that counts looks for the changes of other replicas, in milliseconds.</summary>
    /// <value>10 to 60,000. Default 100.</value>
    public int PollMilliseconds { get; set; } = 100;

    public TimeSpan Pause => TimeSpan.FromMilliseconds(PauseMilliseconds);

    public TimeSpan Poll => TimeSpan.FromMilliseconds(PollMilliseconds);
}

/// <summary>Refuses to start on times that cannot work.</summary>
internal sealed class RankOptionsCheck : IValidateOptions<RankOptions>
{
    public ValidateOptionsResult Validate(string? name, RankOptions options)
    {
        string[] errors =
        [
            .. OptionRules.Range(RankOptions.Section, "PauseMilliseconds", options.PauseMilliseconds, 0, 60_000, 250),
            .. OptionRules.Range(RankOptions.Section, "PollMilliseconds", options.PollMilliseconds, 10, 60_000, 100),
        ];
        return OptionRules.Outcome(errors);
    }
}
