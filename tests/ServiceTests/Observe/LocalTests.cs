using PcBench.ServiceTests.Process;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary><c>deploy/observe/local</c>, as a developer runs it.</summary>
public sealed class LocalTests
{
    [Fact]
    public async Task It_watches_what_runs_here_with_the_rules_of_a_contour_and_ends_as_a_whole()
    {
        foreach (var program in (string[])["prometheus", "prometheus-alertmanager"])
        {
            if (Requirement.FindProgram(program) is null)
                Requirement.Missing($"{program} is not installed (Debian: apt-get install prometheus prometheus-alertmanager).");
        }

        var data = Directory.CreateTempSubdirectory("pcbench-local-").FullName;
        using var backend = await BackendProcess.StartAsync(data);
        var (prometheusPort, alertmanagerPort, folder) = (Ports.Free(), Ports.Free(), ServerFolder.New("local"));
        Directory.CreateDirectory(folder);
        using var http = new HttpClient();
        await using (await ServerProcess.StartAsync(
            [
                "env", $"OBSERVE_PROMETHEUS=127.0.0.1:{prometheusPort}", $"OBSERVE_ALERTMANAGER=127.0.0.1:{alertmanagerPort}", $"OBSERVE_FOLDER={folder}/observe",
                $"OBSERVE_P25=dotnet exec {Path.Combine(AppContext.BaseDirectory, "p25.dll")}", Repository.Path("deploy/observe/local"), $"backend={backend.Address.Authority}",
            ],
            "TERM", $"Prometheus: http://127.0.0.1:{prometheusPort}", folder))
        {
            await Client.UntilAsync(async () => await AnswerAsync(http, $"http://127.0.0.1:{alertmanagerPort}/-/ready") is not null);
            await Client.UntilAsync(async () => (await AnswerAsync(http, $"http://127.0.0.1:{prometheusPort}/api/v1/targets"))?.Contains("\"health\":\"up\"", StringComparison.Ordinal) == true);
            (await AnswerAsync(http, $"http://127.0.0.1:{prometheusPort}/api/v1/targets"))!.ShouldContain("\"contour\":\"local\"");
            (await AnswerAsync(http, $"http://127.0.0.1:{prometheusPort}/api/v1/rules"))!.ShouldContain("SubmitErrorBudgetBurn");
        }

        (await AnswerAsync(http, $"http://127.0.0.1:{prometheusPort}/-/ready")).ShouldBeNull("it ended with the script");
        (await AnswerAsync(http, $"http://127.0.0.1:{alertmanagerPort}/-/ready")).ShouldBeNull("it ended with the script");
    }

    /// <returns>Null where nobody answers, or not yet.</returns>
    private static async Task<string?> AnswerAsync(HttpClient http, string address)
    {
        try
        {
            return await http.GetStringAsync(address, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
