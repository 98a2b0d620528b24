using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using P25;
using P25.Commands;

namespace PcBench.P25Tests.Commands;

public partial class DocumentationTests
{
    private static readonly Command Root = CommandTree.Create(P25Context.OfProcess());

    public static TheoryData<string> Words => [.. All(Root, "")];

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Every_command_shows_examples(string words)
    {
        using var output = new StringWriter();

        (await CommandTree.Create(P25Context.OfProcess()).Parse($"{words} --help").InvokeAsync(new() { Output = output }, TestContext.Current.CancellationToken)).ShouldBe(P25ExitCodes.Ok);

        output.ToString().ShouldContain($"  p25 {words}");
        output.ToString().ShouldContain("--json");
        output.ToString().ShouldContain("--dry-run");
    }

    [Fact]
    public void The_exit_codes_are_those_of_the_program()
    {
        var documented = ExitCodeRow().Matches(File.ReadAllText(Repository.Path("docs/p25.md"))).Select(row => (Name: row.Groups[2].Value, Code: int.Parse(row.Groups[1].Value)));

        documented.ShouldBe(typeof(P25ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, Code: (int)field.GetRawConstantValue()!)));
    }

    private static IEnumerable<string> All(Command command, string path) =>
        command.Subcommands.SelectMany(sub => All(sub, $"{path} {sub.Name}")).Prepend(path.Trim());

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();
}
