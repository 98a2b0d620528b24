using System.Net;
using System.Net.Http.Headers;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

/// <summary>A backend with one result in it; the hostile documents all meet the same one, for none of them may change it.</summary>
public sealed class AttackedBackend : IAsyncLifetime
{
    internal BackendApp App { get; } = new();

    internal string Before { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await App.CreateClient().SubmitAsync(new ResultBuilder());
        await Client.UntilAsync(async () => await App.CountAsync("delivery") == 0 && await App.CountAsync("result_document") == 0);
        Before = await App.DumpAsync();
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

public sealed class HostileDocumentTests(AttackedBackend backend) : IClassFixture<AttackedBackend>
{
    private readonly HttpClient http = backend.App.CreateClient();

    public static TheoryData<string> Names => [.. HostileDocuments.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_document_is_refused_with_the_field_named_and_changes_nothing(string name)
    {
        var (body, field) = HostileDocuments.All[name];

        using var response = await http.PostResultAsync(body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await response.ProblemAsync()).Errors!;
        if (field != "*")
            errors.Select(error => error.Field).ShouldContain(field);
        errors.ShouldAllBe(error => error.Fix.Length > 0 && error.Problem.Length > 0 && (error.Value ?? "").All(c => c >= ' ' && c <= '~'));
        (await backend.App.DumpAsync()).ShouldBe(backend.Before);
    }

    [Theory]
    [InlineData("application/json", "gzip", "Content-Encoding")]
    [InlineData("text/plain", null, "Content-Type")]
    [InlineData("application/x-www-form-urlencoded", null, "Content-Type")]
    public async Task A_body_that_is_not_plain_json_is_refused(string type, string? encoding, string field)
    {
        using var content = new ByteArrayContent(new ResultBuilder().Signed());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        using var response = await http.PostAsync("/api/v1/results?visibility=public", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem().Field.ShouldBe(field);
        (await backend.App.DumpAsync()).ShouldBe(backend.Before);
    }
}
