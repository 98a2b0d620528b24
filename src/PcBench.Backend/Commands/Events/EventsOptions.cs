using System.CommandLine;

namespace PcBench.Backend.Commands.Events;

/// <summary>Options that several of the commands take.</summary>
internal static class EventsOptions
{
    public static Option<string?> Consumer(string description) => new("--consumer") { Description = description };

    public static Option<int> Limit()
    {
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 1000. Default: 50.", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000)
                result.AddError("--limit must be 1 to 1000.");
        });
        return limit;
    }
}
