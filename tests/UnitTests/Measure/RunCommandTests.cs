using System.Text;
using System.Text.Json;
using PcBench.Cli.Commands;
using PcBench.Cli.Local;
using PcBench.Cli.Measure;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Shared;

namespace PcBench.UnitTests.Measure;

public sealed class RunCommandTests : IDisposable
{
    private readonly MemoryStream data = new();
    private readonly StringWriter people = new();
    private readonly LocalFiles files = new(Directory.CreateTempSubdirectory("pcbench-run-").FullName);

    [Fact]
    public async Task A_run_saves_a_valid_signed_result_and_a_report_and_prints_the_path()
    {
        (await RunAsync("run", "--only", "sort.single")).ShouldBe(ExitCodes.Ok, people.ToString());

        var path = Encoding.UTF8.GetString(data.ToArray()).TrimEnd();
        var result = ResultReader.Read(File.ReadAllBytes(path), TimeProvider.System.GetUtcNow()).Result.ShouldNotBeNull();
        result.Document.Workloads.Select(workload => workload.Id).ShouldBe(["sort.single"]);
        result.Document.Run.Preset.ShouldBe(RunPreset.Custom);
        File.ReadAllText(Path.ChangeExtension(path, ".html")).ShouldContain(result.Id);
        people.ToString().ShouldContain("at most");

        await Saved_results_can_be_shown_and_compared(result);
    }

    [Fact]
    public async Task A_run_that_may_use_one_processor_of_several_is_marked()
    {
        var processors = Affinity.Processors();
        if (!OperatingSystem.IsLinux() || processors.Count < 2)
            Assert.Skip("It takes Linux, and two processors of which one may be used.");
        using var run = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "taskset", ["-c", $"{processors[0]}", Path.Combine(AppContext.BaseDirectory, "pcbench"), "run", "--only", "sort.multi", "--no-report"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [LocalFiles.HomeVariable] = files.Home },
        })!;
        var (path, told) = (run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(ExitCodes.Ok, told);
        var document = ResultReader.Read(File.ReadAllBytes((await path).TrimEnd()), TimeProvider.System.GetUtcNow()).Result.ShouldNotBeNull().Document;
        document.Machine.Cpu.Threads.ShouldBeGreaterThan(1);
        told.ReplaceLineEndings(" ").ShouldContain($"limited: Measured on 1 of the machine's {document.Machine.Cpu.Threads} threads.");
    }

    [Theory]
    [InlineData("names no workload", "--only", "sort,quantum")]
    [InlineData("--quick and --full", "--quick", "--full")]
    [InlineData("--report and --no-report", "--report", "x.html", "--no-report")]
    [InlineData("No workload is left", "--only", "storage", "--no-storage")]
    [InlineData("cannot be written", "--out", "/no/such/folder/result.json")]
    public async Task What_cannot_be_done_is_refused_before_anything_is_measured(string reason, params string[] options)
    {
        (await RunAsync(["run", .. options])).ShouldBe(ExitCodes.Usage);

        people.ToString().ReplaceLineEndings(" ").ShouldContain(reason);
        Directory.EnumerateFileSystemEntries(files.Home).ShouldBeEmpty();
    }

    [Fact]
    public async Task Storage_that_cannot_be_measured_is_skipped_with_the_reason()
    {
        (await RunAsync("run", "--only", "storage", "--storage-path", "/no/such/folder")).ShouldBe(ExitCodes.MeasurementFailed);

        people.ToString().ShouldContain("/no/such/folder");
        Directory.Exists(Path.Combine(files.Home, "results")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_results_cannot_be_kept_in_is_told_of_before_anything_is_measured()
    {
        var file = Path.Combine(files.Home, "file");
        File.WriteAllText(file, "");
        var context = new CliContext(new Output(data, people), TimeProvider.System, new LocalFiles(Path.Combine(file, "pcbench")));

        (await CommandTree.Create(context).Parse(["run", "--only", "sort.single"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(ExitCodes.Fault);

        people.ToString().ReplaceLineEndings(" ").ShouldContain(LocalFiles.HomeVariable);
        people.ToString().ShouldNotContain("Measuring");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("compare")]
    public async Task What_is_no_result_is_refused_with_the_reason(string command)
    {
        var path = Path.Combine(files.Home, "broken.json");
        File.WriteAllText(path, """{"schema": 7}""");

        (await RunAsync([command, path, .. command == "compare" ? [path] : Array.Empty<string>()])).ShouldBe(ExitCodes.Usage);

        people.ToString().ShouldContain("schema");
        data.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_result_that_is_not_there_is_not_found()
    {
        (await RunAsync("show", "nothing")).ShouldBe(ExitCodes.NotFound);
        (await RunAsync("compare", "nothing", "latest")).ShouldBe(ExitCodes.NotFound);
    }

    public void Dispose() => Directory.Delete(files.Home, recursive: true);

    private async Task Saved_results_can_be_shown_and_compared(VerifiedResult result)
    {
        data.SetLength(0);
        (await RunAsync("show", result.Id[..6], "--json")).ShouldBe(ExitCodes.Ok);
        data.ToArray().ShouldBe(result.Bytes.ToArray());

        data.SetLength(0);
        (await RunAsync("compare", "latest", result.Id, "--json")).ShouldBe(ExitCodes.Ok);
        var view = JsonSerializer.Deserialize(data.ToArray(), ApiJson.Default.CompareView).ShouldNotBeNull();
        view.Workloads.ShouldHaveSingleItem();
        view.Differences.ShouldBeEmpty();
    }

    private Task<int> RunAsync(params string[] args) =>
        CommandTree.Create(new CliContext(new Output(data, people), TimeProvider.System, files)).Parse(args).InvokeAsync();
}
