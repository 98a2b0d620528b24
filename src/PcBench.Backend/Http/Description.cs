using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;

namespace PcBench.Backend.Http;

/// <summary>How the API is described to programs: what the framework cannot see by itself.</summary>
internal static class Description
{
    private const string OwnerScheme = "owner";
    private const string AdministratorScheme = "administrator";

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

    /// <summary>Says that only the owner may do this.</summary>
    public static TBuilder NeedsOwner<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.MayRefuse(StatusCodes.Status403Forbidden).Asks(OwnerScheme);

    /// <summary>Says that the owner sees what is private.</summary>
    public static TBuilder KnowsOwner<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Asks(null, OwnerScheme);

    /// <summary>Says that only an administrator may do this.</summary>
    public static TBuilder NeedsAdministrator<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.MayRefuse(StatusCodes.Status401Unauthorized).MayRefuse(StatusCodes.Status403Forbidden).Asks(AdministratorScheme);

    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "PcBench API";
        document.Info.Description = "Submit, own, find and compare results. Every error is application/problem+json and names field, value and fix.";
        document.Info.Version = "1";
        document.Servers = null; // whoever reads it knows where it came from
        document.AddComponent<IOpenApiSecurityScheme>(OwnerScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "Authorization",
            Description = $"{OwnerToken.Scheme} TOKEN, where TOKEN is what stands after #owner= in the link that pcbench link prints.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(AdministratorScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The administrators' key.",
        });
        return Task.CompletedTask;
    });

    /// <summary>Names ways to say who asks, of which one is enough; null: nobody has to.</summary>
    private static TBuilder Asks<TBuilder>(this TBuilder builder, params string?[] schemes)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            operation.Security = [.. schemes.Select(scheme => scheme is null ? new OpenApiSecurityRequirement() : new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
            return Task.CompletedTask;
        });
}
