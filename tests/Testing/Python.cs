using System.Globalization;

namespace Gateway.Testing;

/// <summary>Debian's Python (numpy, scipy, skimage, nibabel, pydicom, PIL): the independent reader the tests compare with.</summary>
public static class Python
{
    public static string Run(string script, params string[] arguments) =>
        Tool.Run("/usr/bin/python3", ["-c", script, .. arguments]).Succeeded().Output;

    public static double[] Numbers(string script, params string[] arguments) =>
        [.. Run(script, arguments).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
