using System.Text.Json;
using PcBench.Cli.Commands;
using PcBench.Cli.Local;
using PcBench.Shared;

namespace PcBench.UnitTests.Machine;

public sealed class DetectCommandTests : IDisposable
{
    private readonly MemoryStream data = new();
    private readonly StringWriter people = new();

    [Fact]
    public async Task With_json_the_two_parts_of_a_result_go_to_stdout_and_nothing_else_goes_anywhere()
    {
        (await RunAsync("detect", "--json")).ShouldBe(ExitCodes.Ok);

        using var report = JsonDocument.Parse(data.ToArray());
        report.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["machine", "environment"]);
        report.RootElement.GetProperty("machine").GetProperty("cpu").GetProperty("model").GetString().ShouldNotBeNullOrEmpty();
        people.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_json_the_table_goes_to_people()
    {
        (await RunAsync("detect")).ShouldBe(ExitCodes.Ok);

        people.ToString().ShouldContain("CPU");
        data.Length.ShouldBe(0);
    }

    public void Dispose()
    {
        data.Dispose();
        people.Dispose();
    }

    /// <summary>The command keeps nothing, so the folder of its files need not be there.</summary>
    private Task<int> RunAsync(params string[] words) =>
        CommandTree.Create(new CliContext(new Output(data, people), TimeProvider.System, new LocalFiles("/nowhere"))).Parse(words).InvokeAsync();
}
