using System.Diagnostics;
using System.Xml.Linq;
using Gateway.Hosting;
using k8s;
using k8s.Models;

namespace Gateway.Architecture.Tests;

public sealed class K8sTests
{
    /// <summary>After work was given back, at most (docs/operations.md).</summary>
    private const int SecondsToEnd = 6;

    private static readonly string[] Services = ["listener", "portal", "trainer", "translator"];

    public static TheoryData<string> Renderings => ["base", "overlays/gpu"];

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Every_manifest_renders_and_has_only_fields_that_kubernetes_knows(string folder) =>
        Assert.Equal(Services, Deployments(folder).Select(deployment => deployment.Name()["gateway-".Length..]).Order());

    [Theory]
    [InlineData("livenessProbe", "livenesProbe")]
    [InlineData("cooldownPeriod", "coolDownPeriod")]
    public void A_misspelt_field_would_be_noticed(string right, string wrong)
    {
        var rendered = Run("kubectl", "kustomize", Path.Combine(Root, "k8s", "base")).Replace(right, wrong, StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(rendered, Keda.Types, strict: true));
    }

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Every_workload_is_probed_limited_and_restricted(string folder)
    {
        foreach (var deployment in Deployments(folder))
        {
            var pod = deployment.Spec.Template.Spec;
            var container = Assert.Single(pod.Containers);
            Assert.Equal("/health/startup", container.StartupProbe.HttpGet.Path);
            Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.Equal(container.Resources.Requests["memory"], container.Resources.Limits["memory"]);
            Assert.Contains("cpu", container.Resources.Limits);
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal(1654, pod.SecurityContext.RunAsUser);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.Contains(container.VolumeMounts, mount => mount.MountPath == "/tmp");
            var stop = new BusOptions().StopTimeout.TotalSeconds + SecondsToEnd + container.Lifecycle.PreStop.Sleep.Seconds;
            Assert.True(pod.TerminationGracePeriodSeconds >= 2 * stop, "no pod is killed while it stops");
        }
    }

    [Fact]
    public void A_selector_finds_its_own_pods_only()
    {
        var deployments = Deployments("base");

        Assert.All(deployments, deployment => Assert.Single(deployments, other =>
            deployment.Spec.Selector.MatchLabels.All(other.Spec.Template.Metadata.Labels.Contains)));
    }

    [Fact]
    public void Only_the_gpu_overlay_asks_for_gpus_for_translator_and_trainer()
    {
        Assert.Empty(WithGpu("base"));
        Assert.Equal(["gateway-trainer", "gateway-translator"], WithGpu("overlays/gpu").Order());
    }

    [Fact]
    public void Scanners_reach_the_listener_on_port_104_with_their_own_address()
    {
        var service = Render("base").OfType<V1Service>().Single(service => service.Name() == "gateway-dicom");
        var listener = Deployments("base").Single(deployment => deployment.Name() == "gateway-listener");
        var port = Assert.Single(service.Spec.Ports);
        var target = listener.Spec.Template.Spec.Containers[0].Ports.Single(candidate => candidate.Name == port.TargetPort.Value);

        Assert.Equal((104, 11_112), (port.Port, target.ContainerPort));
        Assert.Contains(
            Render("base").OfType<V1ConfigMap>(), map => map.Data.TryGetValue("Dicom__Address", out var address) && address == "0.0.0.0");
        Assert.Equal("Local", service.Spec.ExternalTrafficPolicy);
        Assert.True(service.Spec.Selector.All(listener.Spec.Template.Metadata.Labels.Contains));
    }

    [Theory]
    [InlineData("gateway-store", "gateway-listener")]
    [InlineData("gateway-portal", "gateway-portal")]
    public void The_proxy_alone_reaches_the_web_servers(string name, string deployment)
    {
        var service = Render("base").OfType<V1Service>().Single(service => service.Name() == name);
        var pod = Deployments("base").Single(candidate => candidate.Name() == deployment).Spec.Template;
        var rules = Render("base").OfType<V1NetworkPolicy>()
            .Where(policy => policy.Spec.PodSelector.MatchLabels.All(pod.Metadata.Labels.Contains) && policy.Spec.Ingress is not null)
            .SelectMany(policy => policy.Spec.Ingress).Where(rule => rule.Ports.Any(port => port.Port.Value == "http"));

        Assert.True(service.Spec.Selector.All(pod.Metadata.Labels.Contains));
        Assert.Equal("http", Assert.Single(service.Spec.Ports).TargetPort.Value);
        Assert.Equal("true", Assert.Single(Assert.Single(rules).FromProperty).NamespaceSelector.MatchLabels["gateway/proxy"]);
    }

    [Theory]
    [MemberData(nameof(Renderings))]
    public void Secrets_are_referenced_and_never_contained(string folder)
    {
        var objects = Render(folder);

        Assert.Empty(objects.OfType<V1Secret>());
        Assert.All(Deployments(folder), deployment =>
            Assert.Contains(deployment.Spec.Template.Spec.Containers[0].EnvFrom, source => source.SecretRef?.Name == "gateway"));
        Assert.DoesNotContain(objects.OfType<V1ConfigMap>().SelectMany(map => map.Data.Keys),
            key => key.Contains("Password", StringComparison.OrdinalIgnoreCase)
                || key.Contains("ConnectionString", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_trainer_is_there_while_a_job_is_open()
    {
        var trainer = Deployments("base").Single(deployment => deployment.Name() == "gateway-trainer");
        var scaled = Assert.Single(Render("base").OfType<Keda.ScaledObject>()).Spec!;
        var secret = Assert.Single(Assert.Single(Render("base").OfType<Keda.TriggerAuthentication>()).Spec!.SecretTargetRef);

        Assert.Equal((trainer.Name(), 0, 1), (scaled.ScaleTargetRef!.Name, scaled.MinReplicaCount, scaled.MaxReplicaCount));
        Assert.Null(trainer.Spec.Replicas);
        Assert.Equal("Recreate", trainer.Spec.Strategy.Type);
        Assert.Equal(("postgresql", "gateway-trainer"), (scaled.Triggers[0].Type, scaled.Triggers[0].AuthenticationRef?.Name));
        Assert.Equal(("connection", "gateway-scaling"), (secret.Parameter, secret.Name));
        Assert.Equal(
            "/scratch/training", trainer.Spec.Template.Spec.Containers[0].Env
                .Single(variable => variable.Name == "Training__WorkFolder").Value);
        Assert.NotNull(trainer.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "work").EmptyDir);
        Assert.All(scaled.Triggers, trigger => Assert.Empty(trigger.Metadata.Keys.Except(Keda.Metadata[trigger.Type!])));
    }

    [Theory]
    [MemberData(nameof(Renderings))]
    public void The_key_of_the_archives_pseudonyms_is_a_file_of_a_secret(string folder)
    {
        var pod = Deployments(folder).Single(deployment => deployment.Name() == "gateway-translator").Spec.Template.Spec;
        var file = pod.Containers[0].Env.Single(variable => variable.Name == "Archive__PseudonymKey").Value;
        var mount = pod.Containers[0].VolumeMounts.Single(
            mount => file.StartsWith($"{mount.MountPath}/", StringComparison.Ordinal) && mount.MountPath != "/");

        Assert.Equal("gateway-archive", pod.Volumes.Single(volume => volume.Name == mount.Name).Secret.SecretName);
        Assert.True(mount.ReadOnlyProperty);
    }

    [Theory]
    [InlineData("DicomListener", "listener", "11112,8080")]
    [InlineData("TranslationWorker", "translator", "8080")]
    [InlineData("TrainingWorker", "trainer", "8080")]
    [InlineData("Portal", "portal", "8080")]
    public void The_image_a_workload_runs_is_the_one_its_project_publishes(string project, string workload, string ports)
    {
        var published = Evaluate(project);
        var container = Deployments("base")
            .Single(deployment => deployment.Name() == $"gateway-{workload}").Spec.Template.Spec.Containers[0];

        Assert.Equal($"{published.Repository}:{published.Version}", container.Image);
        Assert.Equal(("1654", "mcr.microsoft.com/dotnet/aspnet:10.0"), (published.User, published.Image));
        Assert.Equal(ports, string.Join(',', published.Ports.Order(StringComparer.Ordinal)));
        Assert.Equal(ports, string.Join(',', container.Ports.Select(port => port.ContainerPort.ToString()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void No_image_but_the_trainers_carries_torch()
    {
        Assert.True(CarriesTorch("TrainingWorker"));
        Assert.DoesNotContain(new[] { "DicomListener", "TranslationWorker", "Portal" }, CarriesTorch);

        static bool CarriesTorch(string project) => ReferenceClosure(Path.Combine(Root, "src", project, $"{project}.csproj"))
            .Any(file => File.ReadAllText(file).Contains("<UsesTorch>true", StringComparison.Ordinal));
    }

    private static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Gateway.sln above the tests.");
        return folder.FullName;
    }

    private static List<V1Deployment> Deployments(string folder) => [.. Render(folder).OfType<V1Deployment>()];

    private static IEnumerable<string> WithGpu(string folder) => Deployments(folder)
        .Where(deployment => deployment.Spec.Template.Spec.Containers[0].Resources.Limits.ContainsKey("nvidia.com/gpu"))
        .Select(deployment => deployment.Name());

    private static List<object> Render(string folder) =>
        KubernetesYaml.LoadAllFromString(Run("kubectl", "kustomize", Path.Combine(Root, "k8s", folder)), Keda.Types, strict: true);

    private static IEnumerable<string> ReferenceClosure(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))
        .SelectMany(ReferenceClosure).Append(project).Distinct();

    private static (string Repository, string Version, string User, string Image, string[] Ports) Evaluate(string project)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(
            Run("dotnet", "msbuild", Path.Combine(Root, "src", project, $"{project}.csproj"),
            "-getProperty:ContainerRepository,Version,ContainerUser,ContainerBaseImage", "-getItem:ContainerPort"));
        var properties = answer.RootElement.GetProperty("Properties");
        string Property(string name) => properties.GetProperty(name).GetString()!;
        return (Property("ContainerRepository"), Property("Version"), Property("ContainerUser"), Property("ContainerBaseImage"),
            [.. answer.RootElement.GetProperty("Items").GetProperty("ContainerPort").EnumerateArray()
                .Select(port => port.GetProperty("Identity").GetString()!)]);
    }

    private static string Run(string tool, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {output}{error.Result}");
        return output;
    }
}
