using System.CommandLine;
using PcBench.Bench.Servers;

namespace PcBench.Bench.Benchmarks;

/// <summary>A command that measures a service which it starts and removes.</summary>
internal static class ServiceCommand
{
    private const int Cancelled = 130; // 128 + SIGINT, as shells have it

    /// <summary>Makes the command.</summary>
    /// <param name="name">Name.</param>
    /// <param name="description">What is measured.</param>
    /// <param name="options">Its options.</param>
    /// <param name="measure">Measures and returns the last line of the report, without the name.</param>
    public static Command Create(string name, string description, IReadOnlyList<Option> options, Func<Service, ParseResult, CancellationToken, Task<string>> measure)
    {
        var backend = new Option<string?>("--backend") { Description = "Path of another backend's assembly, or of a program that starts it." };
        var command = new Command(name, description) { backend };
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                await using var service = await Service.StartAsync(parsed.GetValue(backend), cancel);
                Console.WriteLine(await service.DescribeAsync(cancel));
                var figure = await measure(service, parsed, cancel);
                Console.WriteLine($"{name} {figure}");
                return 0;
            }
            catch (Exception) when (cancel.IsCancellationRequested)
            {
                // Whatever it was: Ctrl-C ends the servers as well, and those who talk to them fail each in their own way.
                return Cancelled;
            }
        });
        return command;
    }

    public static Option<int> Number(string name, string description, int usual) => new(name) { Description = description, DefaultValueFactory = _ => usual };
}
