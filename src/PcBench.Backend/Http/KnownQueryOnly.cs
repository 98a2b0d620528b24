using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Http;

/// <summary>Refuses query parameters that an endpoint does not know: a filter with a typing error must not look like a filter that held.</summary>
internal static class KnownQueryOnly
{
    public static TBuilder RefuseUnknownQuery<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilterFactory(Create);

    private static EndpointFilterDelegate Create(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var known = context.MethodInfo.GetParameters().SelectMany(NamesOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fix = known.Count == 0 ? "Leave it out: this address takes none." : $"Known are: {string.Join(", ", known.Select(name => name.ToLowerInvariant()).Order())}.";
        return async invocation =>
        {
            var errors = invocation.HttpContext.Request.Query
                .Where(value => !known.Contains(value.Key) || value.Value.Count > 1)
                .Select(value => known.Contains(value.Key)
                    ? FieldError.Of(value.Key, value.Value.ToString(), "The parameter is there twice.", "Give it once.")
                    : FieldError.Of(value.Key, value.Value.ToString(), "There is no such parameter.", fix))
                .ToList();
            return errors.Count > 0 ? Problems.Invalid(errors) : await next(invocation);
        };
    }

    // Values of a query come as text, alone or as the members of a record; text in the path is no query.
    private static IEnumerable<string> NamesOf(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
            return parameter.ParameterType.GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name);
        return parameter.ParameterType == typeof(string) && parameter.GetCustomAttribute<FromRouteAttribute>() is null ? [parameter.Name!] : [];
    }
}
