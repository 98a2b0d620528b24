using System.CommandLine;
using System.Text.Json;
using PcBench.Cli.Import;
using PcBench.Cli.Server;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Imports.Tables;
using PcBench.Shared;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench import</c>: results of other programs, read here and stored on a server.</summary>
internal static class ImportCommand
{
    private const int Shown = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    private sealed record Wanted(IReadOnlyList<string> Files, ImportFormat? Format, ColumnMap? Map, Visibility Visibility, ServerAddress Server, bool DryRun, bool Json);

    public static Command Create(CliContext context)
    {
        var paths = new Argument<string[]>("files") { Description = "Files, folders with files, or - for the standard input.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<ImportFormat?>("--format") { Description = "geekbench6, passmark, phoronix, csv or pcbench. Default: told by the beginning of each file.", HelpName = "format", CustomParser = result => CommonOptions.Word<ImportFormat>(result) };
        var map = new Option<string?>("--map") { Description = $"What the columns of a table are: {string.Join(", ", ColumnMap.BuiltIn)}, a map's JSON file, or pairs: cpuModel=COLUMN,geekbench6.single=COLUMN." };
        var visibility = CommonOptions.Visibility();
        var server = new ServerOptions();
        var json = CommonOptions.Json();
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the exact lines that would be sent, and send nothing; with --json, the summary instead." };
        var headers = new Option<bool>("--headers") { Description = "Print the two headers that prove who imports, for curl -H @FILE; they hold for an hour and one import." };
        var command = new CommandWithExamples("import", "Import results of other programs: Geekbench 6 (.gb6 JSON), PassMark for Linux (YAML), Phoronix composite.xml, CSV. They are kept apart from measured results and never ranked.", """
            pcbench import result.gb6 --dry-run                        what would be sent?
            pcbench import results/ --visibility public                all files of a folder, of any of the formats
            pcbench import machines.csv --map machines --json          a table with a built-in map
            pcbench import my.csv --map cpuModel=CPU,geekbench6.single=Score
            pcbench import delete k3v9x2mq7d0a5b8c1e4f                 an import and all that it brought
            """)
        {
            paths, format, map, visibility, server, dryRun, json, headers,
        };
        command.Add(ImportOwnerCommands.Delete(context));
        command.Add(ImportOwnerCommands.Visibility(context));
        command.Validators.Add(result =>
        {
            if (result.GetValue(paths) is null or [] && !result.GetValue(headers))
                result.AddError("Name the files to import, or - for the standard input.");
        });
        command.SetAction((parsed, cancel) =>
        {
            if (parsed.GetValue(headers))
                return Task.FromResult(PrintHeaders(context));
            var (files, missing) = SourceFiles.Find(parsed.GetRequiredValue(paths));
            if (missing is not null)
                return Task.FromResult(Failed(context, ExitCodes.NotFound, $"There is no file or folder '{missing}'.", "Check the path."));
            if (files.Count == 0)
                return Task.FromResult(Failed(context, ExitCodes.NotFound, "There is no file in there.", "Name a folder that holds result files."));
            try
            {
                var columns = parsed.GetValue(map) is { } text ? ColumnMap.Parse(File.Exists(text) ? File.ReadAllText(text) : text) : null;
                return RunAsync(context, new Wanted(files, parsed.GetValue(format), columns, parsed.GetValue(visibility), server.Read(parsed), parsed.GetValue(dryRun), parsed.GetValue(json)), cancel);
            }
            catch (FormatException error)
            {
                return Task.FromResult(Failed(context, ExitCodes.Usage, $"--map: {error.Message}", null));
            }
        });
        return command;
    }

    private static Task<int> RunAsync(CliContext context, Wanted wanted, CancellationToken cancel)
    {
        var written = context.Time.GetTimestamp();
        var import = new FileImport(wanted.Files, wanted.Format, wanted.Map, read =>
        {
            if (context.Time.GetElapsedTime(written) < BetweenLines)
                return;
            written = context.Time.GetTimestamp();
            context.Output.People.WriteLine($"{read.Files} of {wanted.Files.Count} files, {read.Count.Results} results read, {read.Count.Refused} refused");
        });
        return ServerCalls.ExplainAsync(context.Output, wanted.Server, async () =>
        {
            var sent = wanted.DryRun ? null : await SendAsync(context, wanted, import, cancel);
            if (wanted.DryRun)
                await import.WriteAsync((line, _) => Print(context, wanted, line), cancel);
            return Summarise(context, wanted, import.Summary(wanted.Visibility, sent));
        });
    }

    private static Task Print(CliContext context, Wanted wanted, byte[] line)
    {
        if (!wanted.Json)
            context.Output.Data(line);
        return Task.CompletedTask;
    }

    /// <returns>What the server says of it; nothing stored where there was nothing to send.</returns>
    private static async Task<ImportSummary> SendAsync(CliContext context, Wanted wanted, FileImport import, CancellationToken cancel)
    {
        using var client = ServerClient.For(wanted.Server, context.Time, Patience);
        using var key = context.Files.Key();
        return await client.ImportAsync(
            (body, token) => import.WriteAsync((line, _) => body.WriteAsync(line, token).AsTask(), token), wanted.Visibility, key, cancel);
    }

    private static int Summarise(CliContext context, Wanted wanted, ImportSummary summary)
    {
        var output = context.Output;
        foreach (var error in summary.Errors.Take(Shown))
            output.Error(error.ToString());
        if (summary.Errors.Count > Shown)
            output.People.WriteLine($"... and {summary.Refused} refusals in all; --json lists the first {summary.Errors.Count}.");
        foreach (var note in summary.Notes.Take(Shown))
            output.People.WriteLine($"note: {note}");
        output.People.WriteLine(
            $"{wanted.Files.Count} {(wanted.Files.Count == 1 ? "file" : "files")}: {summary.Results} results, {summary.Stored} {(summary.DryRun ? "would be stored" : "stored")}, {summary.Known} were there already; {summary.Refused} refused, {summary.Skipped} figures skipped that the source calls failed or empty.");
        if (wanted.Json)
            output.Data(JsonSerializer.Serialize(summary, ApiJson.Default.ImportSummary));
        else if (summary.Id is { } id)
            output.Data(id);
        return summary switch
        {
            { Refused: 0 } => ExitCodes.Ok,
            { Results: 0 } => ExitCodes.Usage,
            _ => ExitCodes.PartlyRefused,
        };
    }

    private static int PrintHeaders(CliContext context)
    {
        using var key = context.Files.Key();
        foreach (var (name, value) in ImportHeaders.Of(key, context.Time.GetUtcNow() + ImportHeaders.Lifetime))
            context.Output.Data($"{name}: {value}");
        return ExitCodes.Ok;
    }

    private static int Failed(CliContext context, int code, string problem, string? fix)
    {
        context.Output.Error(problem, fix);
        return code;
    }
}
