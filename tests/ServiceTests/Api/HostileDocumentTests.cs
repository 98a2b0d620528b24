using System.Net;
using System.Net.Http.Headers;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

/// <summary>A backend of each store with one result in it; the hostile documents all meet the same ones, for none of them may change them.</summary>
public sealed class AttackedBackends : IAsyncDisposable
{
    private readonly Dictionary<Store, (BackendApp App, string Before)> backends = [];

    /// <summary>The backend, and what was in its store before the attacks.</summary>
    internal async Task<(BackendApp App, string Before)> OnAsync(Store store)
    {
        if (backends.TryGetValue(store, out var known))
            return known;
        var app = await BackendApp.OnAsync(store);
        await app.CreateClient().SubmitAsync(new ResultBuilder());
        await app.SettledAsync();
        return backends[store] = (app, await app.DumpAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (app, _) in backends.Values)
            await app.DisposeAsync();
    }
}

public sealed class HostileDocumentTests(AttackedBackends backends) : IClassFixture<AttackedBackends>
{
    public static MatrixTheoryData<Store, string> Names => new(Enum.GetValues<Store>(), HostileDocuments.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_document_is_refused_with_the_field_named_and_changes_nothing(Store store, string name)
    {
        var (app, before) = await backends.OnAsync(store);
        var (body, field) = HostileDocuments.All[name];

        using var response = await app.CreateClient().PostResultAsync(body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await response.ProblemAsync()).Errors!;
        if (field != "*")
            errors.Select(error => error.Field).ShouldContain(field);
        errors.ShouldAllBe(error => error.Fix.Length > 0 && error.Problem.Length > 0 && (error.Value ?? "").All(c => c >= ' ' && c <= '~'));
        (await app.DumpAsync()).ShouldBe(before);
    }

    [Theory]
    [EveryStore("application/json", "gzip", "Content-Encoding")]
    [EveryStore("text/plain", null, "Content-Type")]
    [EveryStore("application/x-www-form-urlencoded", null, "Content-Type")]
    public async Task A_body_that_is_not_plain_json_is_refused(Store store, string type, string? encoding, string field)
    {
        var (app, before) = await backends.OnAsync(store);
        using var content = new ByteArrayContent(new ResultBuilder().Signed());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        using var response = await app.CreateClient().PostAsync("/api/v1/results?visibility=public", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem().Field.ShouldBe(field);
        (await app.DumpAsync()).ShouldBe(before);
    }
}
