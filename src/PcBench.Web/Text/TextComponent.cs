using Microsoft.AspNetCore.Components;

namespace PcBench.Web.Text;

/// <summary>A component that says something: it is rendered again when the language changes.</summary>
public abstract class TextComponent : ComponentBase
{
    /// <summary>Texts, numbers and dates in the language of the reader.</summary>
    [CascadingParameter]
    public Strings T { get; set; } = Strings.English;
}
