using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Http;

/// <summary>How the API is described to programs: what the framework cannot see by itself.</summary>
internal static class Description
{
    /// <summary>Says that an endpoint may answer with this status and a problem.</summary>
    public static TBuilder MayRefuse<TBuilder>(this TBuilder builder, int status)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemView), ["application/problem+json"]));

    /// <summary>Says that a parameter must be there; endpoints read all of them as optional text, to refuse them in their own words.</summary>
    public static RouteHandlerBuilder Requires(this RouteHandlerBuilder builder, string parameter) =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var known in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(known => known.Name == parameter))
                known.Required = true;
            return Task.CompletedTask;
        });

    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "PcBench API";
        document.Info.Description = "Submit, own, find and compare results. Every error is application/problem+json and names field, value and fix.";
        document.Info.Version = "1";
        document.Servers = null; // whoever reads it knows where it came from
        return Task.CompletedTask;
    });
}
