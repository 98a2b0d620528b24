using System.CommandLine;

namespace PcBench.Standalone;

/// <summary>The command line of the whole in one process.</summary>
internal static class StandaloneCommand
{
    public static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "Port on localhost.", DefaultValueFactory = _ => 5080 };
        port.Validators.Add(option =>
        {
            if (option.Tokens is [var token] && !ushort.TryParse(token.Value, out _))
                option.AddError($"--port '{token.Value}' must be 0 to 65535; 0 takes any free port.");
        });
        var data = new Option<string>("--data")
        {
            Description = "Folder that keeps the results; made where it is missing.",
            DefaultValueFactory = _ => "data",
        };
        var bench = new Option<bool>("--bench") { Description = "Measure this PC first (within 60 seconds), submit it here and print the address of its page." };
        var root = new RootCommand($"""
            PcBench in one process: the API, the assessment and the page, on embedded stores, for this machine alone.

            Examples:
              dotnet run -c Release --project src/PcBench.Standalone
              dotnet run -c Release --project src/PcBench.Standalone -- --bench
              dotnet run -c Release --project src/PcBench.Standalone -- --port 8080 --data /var/lib/pcbench
              dotnet run -c Release --project src/PcBench.Standalone -- {SelfBench.CliVerb} detect
            """)
        {
            port, data, bench,
        };
        root.SetAction((parsed, cancel) => Server.RunAsync(
            parsed.GetValue(port), Path.GetFullPath(parsed.GetRequiredValue(data)), parsed.GetValue(bench), cancel));
        return root;
    }
}
