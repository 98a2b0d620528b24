using System.CommandLine;
using PcBench.Cli.Local;
using PcBench.Cli.Measure;
using PcBench.Cli.Report;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Shared;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench run</c>: measures this machine and saves the result.</summary>
internal static class RunCommand
{
    public static Command Create(CliContext context)
    {
        var options = new RunOptions();
        var command = new CommandWithExamples("run", "Measure this machine, save the signed result and a report. Needs no network and no account. Prints the path of the result on stdout.", """
            pcbench run                              all scored workloads within 60 seconds
            pcbench run --full                       all workloads within 6 minutes, for the surest figures
            pcbench run --only sort,memory           chosen workloads, or kinds: single, multi, memory, storage
            pcbench run --storage-path /mnt/data     measure the disk of that folder
            pcbench run --yes                        write to the disk that is measured without asking first
            pcbench run --json > result.json         the signed document on stdout
            """);
        options.AddTo(command);
        command.SetAction((parsed, cancel) => options.Read(context, parsed) is { } choice
            // Off the caller's thread: the handler of Ctrl-C is set up only when this returns.
            ? Task.Run(() => RunAsync(context, choice, cancel), CancellationToken.None)
            : Task.FromResult(ExitCodes.Usage));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, RunChoice asked, CancellationToken cancel)
    {
        var people = context.Output.People;
        RunChoice choice;
        try
        {
            context.Files.CheckWritable(); // said now, not after a minute of measuring
            choice = asked with { Request = await StorageConsent.AskAsync(context, asked.Request, asked.Yes, cancel) };
        }
        catch (OperationCanceledException)
        {
            people.WriteLine("Cancelled; nothing was written.");
            return ExitCodes.Cancelled;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return CannotSave(context, error);
        }

        if (choice.Request.Workloads.Count == 0)
        {
            context.Output.Error("Nothing is left to measure.", "Give other workloads with --only, or another disk with --storage-path.");
            return ExitCodes.MeasurementFailed;
        }

        var plan = choice.Request.Plan;
        people.MarkupLineInterpolated($"Measuring {Words.Count(choice.Request.Workloads.Count, "workload")}. This takes at most [bold]{plan.Budget.TotalSeconds:F0} seconds[/].");
        people.WriteLine("Leave the machine alone meanwhile.");
        if (Measure(context, choice, cancel, out var exitCode) is not { } document)
            return exitCode;
        try
        {
            return Save(context, choice, document);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return CannotSave(context, error);
        }
    }

    private static int CannotSave(CliContext context, Exception error)
    {
        context.Output.Error(
            error.Message,
            $"Choose other places with --out and --report; results are kept in {context.Files.Home}, which ${LocalFiles.HomeVariable} moves.");
        return ExitCodes.Fault;
    }

    private static ResultDocument? Measure(CliContext context, RunChoice choice, CancellationToken cancel, out int exitCode)
    {
        var people = context.Output.People;
        exitCode = ExitCodes.MeasurementFailed;
        try
        {
            var outcome = RunProgressView.Show(people, report => new RunSession(choice.Request, context.Time, report).Run(cancel));
            foreach (var reason in outcome.Skipped)
                people.MarkupLineInterpolated($"[yellow]skipped[/] {reason}.");
            foreach (var failure in outcome.Failed)
                people.MarkupLineInterpolated($"[red]failed[/] {failure.Workload.Id}: {failure.Error.Message}");
            if (outcome.Document is null)
                context.Output.Error("Nothing could be measured.", "The reasons are above.");
            return outcome.Document;
        }
        catch (OperationCanceledException)
        {
            people.WriteLine("Cancelled; nothing was saved.");
            exitCode = ExitCodes.Cancelled;
        }
        catch (IOException error)
        {
            context.Output.Error($"The machine cannot be measured: {error.Message}", "Nothing was saved.");
        }
        catch (OutOfMemoryException)
        {
            context.Output.Error("There is not enough free memory.", "Nothing was saved. Close other programs, or choose fewer workloads with --only.");
        }

        return null;
    }

    private static int Save(CliContext context, RunChoice choice, ResultDocument document)
    {
        using var key = context.Files.Key();
        var bytes = ResultSigner.Sign(document, key);
        var reading = ResultReader.Read(bytes, context.Time.GetUtcNow());
        if (reading.Result is not { } result)
        {
            context.Output.Error("The result breaks the rules for results, so no server would take it:");
            foreach (var error in reading.Errors)
                context.Output.Error(error.ToString());
            return ExitCodes.MeasurementFailed;
        }

        var path = context.Files.Save(result.Id, bytes);
        if (choice.Out is not null)
            File.WriteAllBytes(choice.Out, bytes);
        ResultTable.Write(context.Output.People, result.Id, result.Document);
        if (choice.WithReport)
        {
            var html = HtmlReport.Of(result.Id, result.Document);
            if (choice.Report is not null)
                File.WriteAllText(choice.Report, html);
            context.Output.People.MarkupLineInterpolated($"Report: {choice.Report ?? context.Files.SaveReport(result.Id, html)}");
        }

        if (choice.Json)
            context.Output.Data(bytes);
        else
            context.Output.Data(choice.Out ?? path);
        return document.Run.Failed is null ? ExitCodes.Ok : ExitCodes.PartlyMeasured;
    }
}
