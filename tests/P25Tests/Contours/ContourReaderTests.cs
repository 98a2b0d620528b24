using System.Text.RegularExpressions;
using P25;
using P25.Contours;
using P25.Policy;
using YamlDotNet.Core;

namespace PcBench.P25Tests.Contours;

public partial class ContourReaderTests
{
    [Fact]
    public void The_projects_own_file_is_right()
    {
        var contours = ContourReader.Read(Repository.Path("deploy/contours.yaml"));

        contours.Contours.Select(contour => contour.Name).ShouldBe(["stage", "beta", "prod"]);
        contours["stage"].Rules.Rollback.ShouldBe(RollbackMode.Automatic);
        contours["prod"].Rules.Gate.ShouldBe(Gate.Approval);
        contours["prod"].Rules.From.ShouldBe("beta");
        contours["prod"].Rules.Approval.OtherThanActor.ShouldBeTrue();
    }

    [Theory]
    [InlineData("gate: approval", "gate: perhaps", "contours.prod.gate is 'perhaps'; it is automatic, workflow, approval.")]
    [InlineData("gate: approval", "gaet: approval", "gaet")]
    [InlineData("from: beta", "from: gamma", "there is no contour 'gamma'")]
    [InlineData("refs: release", "refs: beta", "beta and prod take the same refs")]
    [InlineData("namespace: p25-prod", "namespace: p25-beta", "share a namespace")]
    [InlineData("timeout: 16m", "timeout: long", "contours.prod.timeout is 'long'")]
    [InlineData("url: https://pcbench.example", "url: pcbench.example", "is not an http address")]
    [InlineData("errorRatio: 0.005", "errorRatio: 5", "a share, 0 to 1")]
    [InlineData("    timeout: 16m", "    timeout: 0s", "contours.prod.timeout is '0s'")]
    [InlineData("timeout: 16m", "lock: 0s", "contours.prod.lock is '0s'")]
    [InlineData("errorRatio: 0.005", "errorRatio: .nan", "a share, 0 to 1")]
    [InlineData("paths: [/api/v1/leaderboard, /], window: 5m", "paths: []", "contours.prod.verify.paths is empty")]
    [InlineData("chart: deploy/helm/pcbench", "", "chart is missing")]
    [InlineData("chart: deploy/helm/pcbench", "mainBranch: other", "Duplicate key mainBranch")]
    public void What_is_wrong_is_named(string right, string wrong, string message)
    {
        var text = File.ReadAllText(Repository.Path("deploy/contours.yaml"));
        text.ShouldContain(right);
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text.Replace(right, wrong, StringComparison.Ordinal));

        var refused = Should.Throw<P25Exception>(() => ContourReader.Read(file));

        refused.Code.ShouldBe(P25ExitCodes.Usage);
        refused.Message.ShouldContain(message);
        File.Delete(file);
    }

    /// <summary>Whatever is left empty is named, wherever it is: none of it is a default that nobody chose.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    public void What_is_left_empty_is_named_by_its_line(string nothing)
    {
        var lines = File.ReadAllLines(Repository.Path("deploy/contours.yaml"));
        foreach (var (line, index) in lines.Select((line, index) => (line, index)).Where(one => Valued().IsMatch(one.line)))
        {
            var text = string.Join('\n', lines.Select((one, at) => at == index ? $"{line[..line.IndexOf(": ", StringComparison.Ordinal)]}: {nothing}" : one));

            Should.Throw<YamlException>(() => ContourReader.Parse(text), text).Message.ShouldContain("no value");
        }
    }

    [GeneratedRegex(@"\A *[\w-]+: [^#]")]
    private static partial Regex Valued();
}
