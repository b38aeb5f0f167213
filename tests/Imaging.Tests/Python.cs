using System.Globalization;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

/// <summary>Debian's Python (numpy, nibabel, pydicom, PIL): the independent reader the tests compare with.</summary>
internal static class Python
{
    public static string Run(string script, params string[] arguments) =>
        Tool.Run("/usr/bin/python3", ["-c", script, .. arguments]).Succeeded().Output;

    public static double[] Numbers(string script, params string[] arguments) =>
        [.. Run(script, arguments).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
