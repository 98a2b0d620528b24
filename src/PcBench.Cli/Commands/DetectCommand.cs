using System.CommandLine;
using System.Text.Json;
using PcBench.Cli.Machine;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench detect</c>: what this PC is, and what state it is in.</summary>
internal static class DetectCommand
{
    public static Command Create(CliContext context)
    {
        var json = new Option<bool>("--json") { Description = "Write it as JSON to stdout, as it would stand in a result." };
        var command = new CommandWithExamples("detect", "Tell what this PC is and what state it is in. Sends nothing.", """
            pcbench detect
            pcbench detect --json | jq .machine.cpu
            """)
        {
            json,
        };
        command.SetAction(parsed => Run(context, parsed.GetValue(json)));
        return command;
    }

    private static int Run(CliContext context, bool json)
    {
        var probe = EnvironmentProbe.Start(context.Time);
        var machine = MachineDetector.Detect();
        var state = probe.Finish();
        if (json)
            context.Output.Data(JsonSerializer.Serialize(new MachineReport(machine, state), MachineJson.Default.MachineReport));
        else
            context.Output.People.Write(MachineTable.Create(machine, state));
        return ExitCodes.Ok;
    }
}
