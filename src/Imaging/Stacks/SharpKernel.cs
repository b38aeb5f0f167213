using System.Text.RegularExpressions;

namespace Gateway.Imaging.Stacks;

/// <summary>Which convolution kernels (0018,1210) are made for bone, lung and edges: of two reconstructions of a brain the softer one is
/// wanted.</summary>
internal static partial class SharpKernel
{
    public static bool Names(string kernel) => Sharp().IsMatch(kernel);

    /// <summary>By names, or by the makers' numbers: H60s, Hr64f, FC30 to FC35 and from FC50 to FC59 and FC80 to FC89, D, E and all of
    /// Y.</summary>
    [GeneratedRegex(
        @"bone|detail|edge|lung|sharp|ultra|^[A-EG-Z][a-z]?[5-9][0-9][a-z]?\b|^FC(3[0-5]|5[0-9]|8[0-9])|^(Y[A-E]|U?[DE])$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sharp();
}
