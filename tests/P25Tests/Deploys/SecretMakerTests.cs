using System.Text;
using System.Text.Json.Nodes;
using P25;
using P25.Contours;
using P25.Deploys;
using P25.Tools;
using PcBench.Shared;

namespace PcBench.P25Tests.Deploys;

/// <summary>Secrets that are made, and keys that one lacks: what is there stays as it is.</summary>
public class SecretMakerTests
{
    private static readonly Contour Beta = ContourReader.Read(Repository.Path("deploy/contours.yaml"))["beta"];

    [Fact]
    public async Task What_a_Secret_lacks_is_added_to_it_and_all_else_is_left()
    {
        var cluster = new Secrets(Beta.Secrets.Keys.ToDictionary(name => name, name => Beta.Secrets[name].Keys.Where(key => key is not ("invited-keys" or "owner-connection")).ToArray()));

        (await MakeAsync(cluster)).ShouldBe(["pcbench-access/invited-keys"]);

        var (call, data) = cluster.Written.ShouldHaveSingleItem();
        call.ShouldStartWith("patch secret pcbench-access --type=merge");
        data.Keys.ShouldBe(["invited-keys"]);
        data["invited-keys"].Length.ShouldBeGreaterThanOrEqualTo(24);
    }

    [Fact]
    public async Task A_Secret_that_is_not_there_is_made_whole()
    {
        var cluster = new Secrets(Beta.Secrets.Keys.Where(name => name != "pcbench-access").ToDictionary(name => name, name => Beta.Secrets[name].Keys.ToArray()));

        (await MakeAsync(cluster)).ShouldBe(["pcbench-access"]);

        var (call, data) = cluster.Written.ShouldHaveSingleItem();
        call.ShouldBe("create -f -");
        data.Keys.ShouldBe(["developer-keys", "invited-keys"]);
    }

    [Fact]
    public async Task A_value_that_is_given_for_what_is_there_already_is_said_to_be_left()
    {
        var cluster = new Secrets(Beta.Secrets.Keys.ToDictionary(name => name, name => Beta.Secrets[name].Keys.ToArray()));
        var said = new StringWriter();

        (await MakeAsync(cluster, said, "pcbench-access/invited-keys")).ShouldBeEmpty();

        cluster.Written.ShouldBeEmpty();
        said.ToString().ShouldContain("pcbench-access/invited-keys is there already and stays as it is");
    }

    private static Task<IReadOnlyList<string>> MakeAsync(Secrets cluster, TextWriter? said = null, params string[] given) => new SecretMaker(
        new Session(
            new P25Context(new Output(Stream.Null, said ?? TextWriter.Null), TimeProvider.System, _ => null, _ => cluster, () => new HttpClientHandler(), null),
            ContourReader.Read(Repository.Path("deploy/contours.yaml")), null, verbose: false, dryRun: false, json: false),
        Beta).RunAsync(given.ToDictionary(key => key, _ => "/nowhere"), TestContext.Current.CancellationToken);

    /// <summary>In place of kubectl: names of Secrets and of their keys.</summary>
    private sealed class Secrets(Dictionary<string, string[]> there) : IToolRunner
    {
        public List<(string Call, Dictionary<string, string> Data)> Written { get; } = [];

        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel)
        {
            var words = call.Arguments.Skip(2).ToList(); // -n NAMESPACE
            if (words[0] == "get")
                return Task.FromResult(new ToolResult(0, there.TryGetValue(words[2], out var keys) ? $"Secret\n{string.Join('\n', keys)}\n" : "", ""));
            call.IsSecret.ShouldBeTrue();
            Written.Add((string.Join(' ', words), JsonNode.Parse(call.Input!)!["data"]!.AsObject().ToDictionary(one => one.Key, one => Encoding.UTF8.GetString(Convert.FromBase64String((string)one.Value!)))));
            return Task.FromResult(new ToolResult(0, "", ""));
        }
    }
}
