using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PcBench.Cli.Commands;
using PcBench.Cli.Local;
using PcBench.Contracts.Signing;
using PcBench.Shared;
using PcBench.UnitTests.Results;

namespace PcBench.UnitTests.Commands;

public sealed class ServerCommandsTests : IDisposable
{
    private const string Id = "0123456789abcdefghjk";
    private readonly MemoryStream data = new();
    private readonly StringWriter people = new();
    private readonly LocalFiles files = new(Directory.CreateTempSubdirectory("pcbench-commands-").FullName);

    [Fact]
    public async Task A_dry_run_prints_the_exact_bytes_and_sends_nothing()
    {
        var document = Encoding.UTF8.GetBytes(ResultReaderTests.Valid);
        files.Save(Id, document);

        (await RunAsync("submit", Id, "--dry-run", "--server", "http://localhost:1")).ShouldBe(ExitCodes.Ok);

        data.ToArray().ShouldBe(document);
    }

    [Theory]
    [InlineData("--server", "http://localhost:1")]
    [InlineData("--dry-run")]
    public async Task A_damaged_result_is_refused_before_anything_is_sent(params string[] options)
    {
        files.Save(Id, [.. "{\"schema\":7}"u8]);

        (await RunAsync(["submit", Id, .. options])).ShouldBe(ExitCodes.Usage);

        people.ToString().ShouldContain("schema");
        data.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_result_that_is_not_there_is_said_so()
    {
        (await RunAsync("submit", "nothing")).ShouldBe(ExitCodes.NotFound);
        (await RunAsync("delete", "nothing")).ShouldBe(ExitCodes.NotFound);
        (await RunAsync("visibility", "nothing", "public")).ShouldBe(ExitCodes.NotFound);
        (await RunAsync("link", "nothing")).ShouldBe(ExitCodes.NotFound);
        people.ToString().ShouldContain("'nothing'");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        (await RunAsync("delete", Id, "--server", "http://localhost:1")).ShouldBe(ExitCodes.Unreachable);

        people.ToString().ShouldContain("http://localhost:1");
    }

    [Fact]
    public async Task Whoever_does_not_want_to_wait_for_the_server_cancels()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var cancel = new CancellationTokenSource();
        var running = CommandTree.Create(Context()).Parse(["delete", Id, "--server", $"http://{server.LocalEndpoint}"]).RunAsync(cancel: cancel.Token);
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await cancel.CancelAsync();

        (await running).ShouldBe(ExitCodes.Cancelled);
        people.ToString().ShouldContain("Cancelled");
    }

    [Fact]
    public async Task The_key_of_a_cohort_goes_to_the_server_and_is_never_shown()
    {
        const string Key = "cohort-key-0123456789abcdef";
        var path = Path.Combine(files.Home, "beta.key");
        await File.WriteAllTextAsync(path, $"{Key}\nanother line\n", TestContext.Current.CancellationToken);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var asked = AnswerAsync(server, "401 Unauthorized");

        (await RunAsync("delete", Id, "--server", $"http://{server.LocalEndpoint}", "--cohort-key-file", path)).ShouldBe(ExitCodes.NotOwner);

        (await asked).ShouldContain($"PcBench-Cohort: {Key}");
        people.ToString().ShouldContain("401");
        people.ToString().ShouldNotContain(Key);
    }

    [Theory]
    [InlineData("302 Found")]
    [InlineData("308 Permanent Redirect")]
    public async Task Nothing_goes_to_where_a_server_points(string status)
    {
        var path = Path.Combine(files.Home, "beta.key");
        await File.WriteAllTextAsync(path, "cohort-key-0123456789abcdef", TestContext.Current.CancellationToken);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        other.Start();
        var asked = AnswerAsync(server, $"{status}\r\nLocation: http://{other.LocalEndpoint}/");
        var taken = AnswerAsync(other, "204 No Content");

        (await RunAsync("delete", Id, "--server", $"http://{server.LocalEndpoint}", "--cohort-key-file", path)).ShouldBe(ExitCodes.Refused);

        await asked;
        taken.IsCompleted.ShouldBeFalse();
        people.ToString().ShouldContain($"http://{other.LocalEndpoint}/");
        people.ToString().ShouldContain("--server");
    }

    [Fact]
    public async Task What_a_server_says_does_not_steer_the_terminal()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var asked = AnswerAsync(server, "409 Conflict", """{"title":"\u001b[2J\u009bno","detail":"\u001b]0;x\u0007","errors":[{"field":"\u001b[8m","value":"v","problem":"p","fix":"\u202ef"}]}""");

        (await RunAsync("delete", Id, "--server", $"http://{server.LocalEndpoint}")).ShouldBe(ExitCodes.Refused);

        await asked;
        people.ToString().ShouldContain("\\u001b[2J");
        people.ToString().Where(c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format && c != '\n').ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zzzzzzzzzzzzzzzzzzzz")]
    [InlineData("\\u001b[2J")]
    public async Task An_owners_link_is_made_for_the_result_that_was_sent_alone(string id)
    {
        files.Save(Id, Encoding.UTF8.GetBytes(ResultReaderTests.Valid));
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var asked = AnswerAsync(server, "201 Created", $$"""{"id":"{{id}}","page":"/","visibility":"private","scores":[],"marks":[]}""");

        (await RunAsync("submit", Id, "--server", $"http://{server.LocalEndpoint}")).ShouldBe(ExitCodes.Unreachable);

        await asked;
        people.ToString().ShouldNotContain("#owner=");
        Text().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_owners_link_carries_a_token_of_this_installation()
    {
        (await RunAsync("link", Id, "--server", "https://pcbench.example", "--days", "2")).ShouldBe(ExitCodes.Ok);

        var link = new Uri(Text());
        using var key = files.Key();
        link.GetLeftPart(UriPartial.Path).ShouldBe($"https://pcbench.example/results/{Id}");
        var token = link.Fragment["#owner=".Length..];
        OwnerToken.IsValid(token, Id, key.ExportSubjectPublicKeyInfo(), TimeProvider.System.GetUtcNow().AddDays(1)).ShouldBeTrue();
        OwnerToken.IsValid(token, Id, key.ExportSubjectPublicKeyInfo(), TimeProvider.System.GetUtcNow().AddDays(3)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("submit", "--server", "localhost")]
    [InlineData("submit", "--server", "file:///etc/passwd")]
    [InlineData("submit", "--cohort-key-file", "/nowhere/at-all.key")]
    [InlineData("submit", "--visibility", "everybody")]
    [InlineData("visibility", "latest", "secret")]
    [InlineData("link", "--days", "0")]
    [InlineData("link", "--days", "many")]
    public void A_wrong_option_is_named(params string[] words)
    {
        var parsed = CommandTree.Create(Context()).Parse(words);

        parsed.Errors.ShouldNotBeEmpty();
        parsed.Errors[0].Message.ShouldContain(words[^1]);
        parsed.Errors[0].Message.ShouldNotContain("PcBench.");
    }

    [Theory]
    [InlineData("run", "pcbench run --help", "--bogus")]
    [InlineData("import", "pcbench import visibility --help", "visibility", Id, "secret")]
    [InlineData("rnu", "pcbench --help")]
    public async Task A_wrong_command_line_is_explained_on_stderr_and_leaves_stdout_to_data(string command, string help, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        (await CommandTree.Create(Context()).Parse([command, .. words]).RunAsync(new() { Output = output, Error = error }, TestContext.Current.CancellationToken)).ShouldBe(ExitCodes.Usage);

        output.ToString().ShouldBeEmpty();
        error.ToString().ShouldContain(words.LastOrDefault() ?? command);
        error.ToString().ShouldContain(help);
        error.ToString().ShouldNotContain("Usage:");
    }

    [Theory]
    [InlineData("deleted from the server for good", "delete", Id)]
    [InlineData("public: everybody sees it", "visibility", Id, "public")]
    [InlineData("The appeal is sent", "appeal", Id, "--text", "It is overclocked.")]
    public async Task What_the_server_did_is_said_in_words_and_the_id_is_the_data(string said, params string[] words)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var asked = AnswerAsync(server, "204 No Content");

        (await RunAsync([.. words, "--server", $"http://{server.LocalEndpoint}"])).ShouldBe(ExitCodes.Ok);

        (await asked).ShouldContain("Authorization: PcBench ");
        people.ToString().ShouldContain(said);
        Text().ShouldBe(Id);
    }

    public void Dispose()
    {
        people.Dispose();
        data.Dispose();
        Directory.Delete(files.Home, recursive: true);
    }

    /// <summary>Answers one request.</summary>
    /// <returns>Its headers.</returns>
    private static async Task<string> AnswerAsync(TcpListener server, string status, string json = "")
    {
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        var headers = new List<string>();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            headers.Add(line);
        var length = headers.Select(header => header.Split(": ")).Where(header => header[0] == "Content-Length").Sum(header => int.Parse(header[1]));
        if (length > 0)
            await reader.ReadBlockAsync(new char[length], TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\nConnection: close\r\n\r\n{json}"), TestContext.Current.CancellationToken);
        return string.Join('\n', headers);
    }

    private Task<int> RunAsync(params string[] words) => CommandTree.Create(Context()).Parse(words).RunAsync(cancel: TestContext.Current.CancellationToken);

    private CliContext Context() => new(new Output(data, people), TimeProvider.System, files);

    private string Text() => Encoding.UTF8.GetString(data.ToArray()).Trim();
}
