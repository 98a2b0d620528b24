using System.Diagnostics;
using PcBench.Cli.Commands;
using PcBench.Cli.Local;
using PcBench.Shared;

namespace PcBench.UnitTests.Commands;

public class HelpTests
{
    [Theory]
    [InlineData("detect")]
    [InlineData("run")]
    [InlineData("show")]
    [InlineData("compare")]
    [InlineData("submit")]
    [InlineData("visibility")]
    [InlineData("link")]
    [InlineData("delete")]
    public async Task Every_command_shows_examples(string command)
    {
        var help = await HelpAsync(command, "--help");

        help.ShouldContain("Examples:");
        help.ShouldContain($"  pcbench {command}");
    }

    [Fact]
    public async Task The_list_of_commands_stays_a_list() => (await HelpAsync("--help")).ShouldNotContain("Examples:");

    [Theory]
    [InlineData("run", "--json", "--bogus")]
    [InlineData]
    public async Task What_cannot_be_read_is_a_usage_error_and_puts_nothing_on_stdout(params string[] words)
    {
        using var run = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "pcbench"), words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await errors).ShouldContain("pcbench");
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        run.ExitCode.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task An_address_from_the_environment_that_is_none_is_a_usage_error_and_is_named()
    {
        using var run = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "pcbench"), ["delete", "0000000000000000000a"])
        {
            RedirectStandardError = true,
            Environment = { ["PCBENCH_SERVER"] = "nonsense" },
        })!;
        (await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith("$PCBENCH_SERVER 'nonsense' is not an address.");
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        run.ExitCode.ShouldBe(ExitCodes.Usage);
    }

    private static async Task<string> HelpAsync(params string[] words)
    {
        using var output = new StringWriter();
        var context = new CliContext(Output.OfProcess(), TimeProvider.System, new LocalFiles("unused"));
        (await CommandTree.Create(context).Parse(words).InvokeAsync(new() { Output = output })).ShouldBe(ExitCodes.Ok);
        return output.ToString();
    }
}
