using System.Diagnostics;
using PcBench.Ml.Commands;
using PcBench.Ml.Features.Assess;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Ml;

/// <summary><c>ml train</c> as it runs for real: a process that may be told to stop.</summary>
public sealed class TrainCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_training_that_is_told_to_stop_ends_and_leaves_no_model()
    {
        var folder = ServerFolder.New("train");
        var (table, made, data) = (Path.Combine(folder, "machines.csv"), Path.Combine(folder, "model"), Path.Combine(folder, "data"));
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(table, SimulatedMachines.Csv(0, 60, 40), Cancel);
        using var training = System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(Suspicion).Assembly.Location, "train", "--data", table, "--out", made])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Data__Folder"] = data },
        })!;
        (await training.StandardError.ReadLineAsync(Cancel))!.ShouldContain("geekbench6.single"); // the first metric is done, the others are not

        await Programs.RunAsync(["kill", "-TERM", training.Id.ToString()]);

        var rest = await training.StandardError.ReadToEndAsync(Cancel);
        await training.WaitForExitAsync(Cancel);
        training.ExitCode.ShouldBe(130, rest);
        rest.ShouldContain("Nothing was stored");
        rest.ShouldNotContain("altered results");
        Directory.Exists(made).ShouldBeFalse();
        Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_names_the_program_as_the_documentation_does()
    {
        var output = new StringWriter();

        await MlCommand.Create().Parse(["train", "--help"]).InvokeAsync(new() { Output = output }, Cancel);

        output.ToString().ShouldContain("ml train [options]");
    }
}
