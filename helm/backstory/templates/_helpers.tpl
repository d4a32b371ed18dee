{{/* Names, labels, and the refusals that a schema cannot say. */}}

{{- define "backstory.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "backstory.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "backstory.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What never changes about a pod: selectors are immutable, so versions stay out of them. */}}
{{- define "backstory.selector" -}}
app.kubernetes.io/name: {{ include "backstory.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end -}}

{{- define "backstory.metaLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: backstory
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "backstory.labels" -}}
{{ include "backstory.selector" . }}
{{ include "backstory.metaLabels" . }}
{{- end -}}

{{- define "backstory.testLabels" -}}
app.kubernetes.io/name: {{ include "backstory.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{ include "backstory.metaLabels" . }}
{{- end -}}

{{- define "backstory.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "backstory.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* The digest wins: a tag can move, a digest cannot. */}}
{{- define "backstory.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "backstory.podSecurityContext" -}}
runAsNonRoot: true
{{- range $key := list "runAsUser" "runAsGroup" "fsGroup" }}
{{- $id := index $.Values.podSecurity $key }}
{{- if not (kindIs "invalid" $id) }}
{{ $key }}: {{ int64 $id }}
{{- end }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "backstory.containerSecurityContext" -}}
runAsNonRoot: true
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "backstory.resources" -}}
{{- range $kind, $amounts := . }}
{{ $kind }}:
{{- range $name, $amount := $amounts }}
{{- if $amount }}
  {{ $name }}: {{ $amount | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "backstory.hasSite" -}}
{{- if or .Values.site .Values.extraRules .Values.valueSets .Values.existingValueSetsConfigMap -}}yes{{- end -}}
{{- end -}}

{{/* site.toml; the folders are named only when something is mounted there. */}}
{{- define "backstory.siteToml" -}}
{{- $site := deepCopy .Values.site -}}
{{- /* site.toml says on = false; in YAML a bare "on" is read as true, so the values say enabled. */ -}}
{{- range $rule, $said := $site.rules -}}
{{- if hasKey $said "enabled" -}}
{{- $_ := set $said "on" $said.enabled -}}{{- $_ := unset $said "enabled" -}}
{{- end -}}
{{- end -}}
{{- if .Values.extraRules -}}{{- $site = set $site "extra_rules" (list "extra_rules") -}}{{- end -}}
{{- $sets := list -}}
{{- if .Values.valueSets -}}{{- $sets = append $sets "value_sets" -}}{{- end -}}
{{- if .Values.existingValueSetsConfigMap -}}{{- $sets = append $sets "/etc/backstory/more_value_sets" -}}{{- end -}}
{{- if $sets -}}{{- $site = set $site "value_sets" $sets -}}{{- end -}}
{{- toToml $site -}}
{{- end -}}

{{/* The environment: what the chart decides, then settings, then extraEnv. A name said twice is refused. */}}
{{- define "backstory.env" -}}
{{- $env := list -}}
{{- if .Values.open -}}
{{- $env = append $env (dict "name" "BACKSTORY_OPEN" "value" "true") -}}
{{- $env = append $env (dict "name" "BACKSTORY_OPEN_ANYWHERE" "value" "true") -}}
{{- else -}}
{{- $key := ternary .Values.existingClientsSecretKey "clients.toml" (not (empty .Values.existingClientsSecret)) -}}
{{- $env = append $env (dict "name" "BACKSTORY_CLIENTS" "value" (printf "/etc/backstory/clients/%s" $key)) -}}
{{- end -}}
{{- if include "backstory.hasSite" . -}}
{{- $env = append $env (dict "name" "BACKSTORY_SITE" "value" "/etc/backstory/site/site.toml") -}}
{{- end -}}
{{- if .Values.caBundle -}}
{{- $env = append $env (dict "name" "BACKSTORY_CA_FILE" "value" "/etc/backstory/ca/ca.pem") -}}
{{- end -}}
{{- $env = append $env (dict "name" "BACKSTORY_DRAIN_SECONDS" "value" (toString (int64 .Values.shutdown.drainSeconds))) -}}
{{- $env = append $env (dict "name" "BACKSTORY_DRAIN_SECONDS_BEFORE_CLOSE" "value" (toString (int64 .Values.shutdown.notReadySeconds))) -}}
{{- range $name, $value := .Values.settings -}}
{{- if not (kindIs "invalid" $value) -}}
{{- $text := "" -}}
{{- if or (kindIs "slice" $value) (kindIs "map" $value) -}}
{{- $text = toJson $value -}}
{{- else if and (kindIs "float64" $value) (eq (float64 (int64 $value)) $value) -}}
{{- $text = toString (int64 $value) -}}
{{- else -}}
{{- $text = toString $value -}}
{{- end -}}
{{- $env = append $env (dict "name" (printf "BACKSTORY_%s" (upper $name)) "value" $text) -}}
{{- end -}}
{{- end -}}
{{- $env = concat $env .Values.extraEnv -}}
{{- $seen := dict -}}
{{- range $env -}}
{{- if hasKey $seen .name -}}
{{- fail (printf "extraEnv: %s is set twice; the chart sets it already (see settings, site, clients and shutdown)." .name) -}}
{{- end -}}
{{- $seen = set $seen .name true -}}
{{- end -}}
{{- toYaml $env -}}
{{- end -}}

{{/* A quantity of memory in bytes: "512Mi", "1.5Gi", "2G". */}}
{{- define "backstory.bytes" -}}
{{- $units := dict "k" 1000 "M" 1000000 "G" 1000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 -}}
{{- $number := regexFind "^[0-9.]+" . -}}
{{- mulf (float64 $number) (default 1 (get $units (trimPrefix $number .))) | int64 -}}
{{- end -}}

{{- define "backstory.several" -}}
{{- if eq .Values.autoscaling.mode "none" -}}
{{- if gt (int64 .Values.replicaCount) 1 -}}yes{{- end -}}
{{- else if gt (int64 .Values.autoscaling.minReplicas) 1 -}}yes{{- end -}}
{{- end -}}

{{/* What values.schema.json cannot say because it concerns two values at once. */}}
{{- define "backstory.refuse" -}}
{{- $entry := or .Values.ingress.enabled .Values.httpRoute.enabled -}}
{{- if eq .Values.image.tag "latest" -}}
{{- fail "image.tag: latest is another image every week, and a rollback would not bring the old one back. Name the version, or set image.digest." -}}
{{- end -}}
{{- if and .Values.open $entry -}}
{{- fail "open: an open service must not be reachable from outside. Set open to false and name the EHR in clients, or switch ingress and httpRoute off." -}}
{{- end -}}
{{- if and .Values.open (or .Values.clients .Values.existingClientsSecret) -}}
{{- fail "open: an open service asks nobody who they are, so clients has no effect. Set open to false, or empty clients." -}}
{{- end -}}
{{- if and .Values.clients .Values.existingClientsSecret -}}
{{- fail "clients and existingClientsSecret are both set: the clients file can come from one of them only." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (empty .Values.ingress.hosts) -}}
{{- fail "ingress.hosts is empty: name the host under which the EHR calls, for example [cds.hospital.example]." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.tls.enabled) (not .Values.open) -}}
{{- if not (hasKey .Values.ingress.annotations "backstory.example/tls-ends-before") -}}
{{- fail "ingress.tls.enabled is false: patient data must not travel in plain HTTP. If TLS ends in front of the ingress, say so with the annotation backstory.example/tls-ends-before: <where>." -}}
{{- end -}}
{{- end -}}
{{- if and .Values.ingress.certManager.issuer .Values.ingress.certManager.clusterIssuer -}}
{{- fail "ingress.certManager: set issuer or clusterIssuer, not both." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (empty .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs is empty: name the Gateway, for example [{name: internal, namespace: gateways}]." -}}
{{- end -}}
{{- if and .Values.networkPolicy.enabled $entry (empty .Values.networkPolicy.from.namespaces) (empty .Values.networkPolicy.from.cidrs) -}}
{{- fail "networkPolicy.from is empty: the ingress controller or gateway could not reach the pods. Name its namespace in networkPolicy.from.namespaces." -}}
{{- end -}}
{{- if and (eq .Values.autoscaling.mode "keda") (or (empty .Values.autoscaling.keda.serverAddress) (empty .Values.autoscaling.keda.query)) -}}
{{- fail "autoscaling.mode is keda: set autoscaling.keda.serverAddress and autoscaling.keda.query." -}}
{{- end -}}
{{- if and .Values.resources.limits.memory (lt (int64 (include "backstory.bytes" .Values.resources.limits.memory)) (mul 448 1048576)) -}}
{{- fail (printf "resources.limits.memory: %s is less than one worker needs under eight of the largest bodies (400 MB); leave it at 512Mi or more." .Values.resources.limits.memory) -}}
{{- end -}}
{{- if and .Values.pdb.enabled (eq .Values.pdb.bound "minAvailable") (include "backstory.several" .) -}}
{{- $pods := ternary (int64 .Values.replicaCount) (int64 .Values.autoscaling.minReplicas) (eq .Values.autoscaling.mode "none") -}}
{{- /* Kubernetes rounds a percentage up. */ -}}
{{- $least := kindIs "string" .Values.pdb.value | ternary (div (add (mul (trimSuffix "%" (toString .Values.pdb.value) | int64) $pods) 99) 100) (int64 .Values.pdb.value) -}}
{{- if ge $least $pods -}}
{{- fail (printf "pdb: minAvailable %v of %d pods lets no node be drained. Set it lower, or use maxUnavailable." .Values.pdb.value $pods) -}}
{{- end -}}
{{- end -}}
{{- if and (gt (int64 .Values.workers) 1) .Values.resources.limits.memory -}}
{{- $needed := mul 512 (int64 .Values.workers) -}}
{{- if lt (int64 (include "backstory.bytes" .Values.resources.limits.memory)) (mul $needed 1048576) -}}
{{- fail (printf "workers: %d workers in a pod need a memory limit of %dMi; resources.limits.memory is %s. Raise it, and the request with it, or add pods instead." (int64 .Values.workers) $needed .Values.resources.limits.memory) -}}
{{- end -}}
{{- end -}}
{{- if gt (int64 .Values.autoscaling.minReplicas) (int64 .Values.autoscaling.maxReplicas) -}}
{{- fail (printf "autoscaling: minReplicas %d is above maxReplicas %d." (int64 .Values.autoscaling.minReplicas) (int64 .Values.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- end -}}

{{/* One pod of `helm test`: as locked down as the service, with the service's image. */}}
{{- define "backstory.testPodSpec" -}}
restartPolicy: Never
serviceAccountName: {{ include "backstory.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  {{- include "backstory.podSecurityContext" . | nindent 2 }}
{{- end -}}

{{- define "backstory.testMeta" -}}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "backstory.testLabels" . | nindent 2 }}
annotations:
  helm.sh/hook: test
  helm.sh/hook-delete-policy: before-hook-creation
{{- end -}}

{{- define "backstory.testContainer" -}}
image: {{ include "backstory.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
command: [python3, -c]
securityContext:
  {{- include "backstory.containerSecurityContext" . | nindent 2 }}
resources:
  requests: {cpu: 100m, memory: 128Mi, ephemeral-storage: 8Mi}
  limits: {memory: 512Mi, ephemeral-storage: 64Mi}
{{- end -}}
