using System.Reflection;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class PublicMembersTests
{
    private static readonly string List = Path.Combine(Repository.Root, "tests", "Dicom.Tests", "PublicMembers.txt");

    /// <summary>The list is the contract with fo-dicom's shape: whoever adds a member adds it there, knowingly. To write it anew, set
    /// GATEWAY_WRITE_PUBLIC_MEMBERS=1.</summary>
    [Fact]
    public void What_is_public_is_what_the_list_says()
    {
        var members = typeof(DicomDataset).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(type.Name)).ToArray();
        if (Environment.GetEnvironmentVariable("GATEWAY_WRITE_PUBLIC_MEMBERS") == "1") File.WriteAllLines(List, members);

        Assert.Equal(File.ReadAllLines(List), members);
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodInfo { IsSpecialName: true } || member.Name.StartsWith("op_", StringComparison.Ordinal))
            .Where(
                member => member is not PropertyInfo { PropertyType: var kind, GetMethod.IsStatic: true } || kind != type
                    || !IsGenerated(type))
            .Where(member => !(type.IsEnum && member is FieldInfo { Name: "value__" }) && member is not Type)
            .Where(member => member is not MethodInfo method || method.GetBaseDefinition().DeclaringType != typeof(object))
            .Select(member => $"    {member}");

    /// <summary>The thousands of constants by keyword are data, and tested as such.</summary>
    private static bool IsGenerated(Type type) => type == typeof(DicomTag) || type == typeof(DicomUID);

    [Fact]
    public void Constants_are_named_and_numbered_as_in_the_standard()
    {
        Assert.True(typeof(DicomTag).GetProperties(BindingFlags.Static | BindingFlags.Public).Length > 4_900);
        Assert.Equal("(0008,001c)", DicomTag.SyntheticData.ToString());
        Assert.Equal("(0028,135a)", DicomTag.SpatialLocationsPreserved.ToString());
        Assert.Equal("1.2.840.10008.5.1.4.1.1.2", DicomUID.CTImageStorage.UID);
        Assert.Equal("(7fe0,0010)", DicomTag.PixelData.ToString());
    }
}
